import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyIRIMapper;
import org.semanticweb.owlapi.model.OWLOntologyManager;

/**
 * What the OWL API gets from a server: java OwlFetch.java NAMESPACE SERVER IRI...
 *
 * <p>IRIs in the namespace are fetched from the server, as if it stood at the namespace's address. Each line of
 * output is the IRI, the IRI that the ontology gives itself, its axioms, those of its imports as well, and the
 * number of imports, with tabs between.
 */
public class OwlFetch {
    public static void main(String[] arguments) throws Exception {
        String namespace = arguments[0];
        String server = arguments[1];
        OWLOntologyIRIMapper mapper = iri -> iri.toString().startsWith(namespace)
            ? IRI.create(server + iri.toString().substring(namespace.length()))
            : null;
        for (int index = 2; index < arguments.length; index++) {
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            manager.getIRIMappers().add(mapper);
            OWLOntology ontology = manager.loadOntology(IRI.create(arguments[index]));
            long all = ontology.importsClosure().flatMap(OWLOntology::axioms).distinct().count();
            System.out.println(String.join("\t", arguments[index],
                ontology.getOntologyID().getOntologyIRI().map(IRI::toString).orElse("-"),
                String.valueOf(ontology.getAxiomCount()), String.valueOf(all),
                String.valueOf(ontology.imports().count())));
        }
    }
}
