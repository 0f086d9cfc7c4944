import java.io.File;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.stream.Collectors;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.OWLDocumentFormat;
import org.semanticweb.owlapi.model.OWLOntology;

/**
 * An ontology in RDF/XML written in functional syntax by the OWL API: java FunctionalSyntax.java FROM TO.
 *
 * <p>The exit code is 1 if the OWL API did not understand a triple, or if what was written, read again, is
 * not the same set of axioms and ontology annotations; standard error then says what is missing.
 */
public class FunctionalSyntax {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = load(arguments[0]);
        OWLDocumentFormat format = ontology.getFormat();
        format.getOntologyLoaderMetaData()
            .filter(data -> data instanceof RDFParserMetaData)
            .map(data -> ((RDFParserMetaData) data).getUnparsedTriples().collect(Collectors.toSet()))
            .ifPresent(triples -> refuse("not understood", triples));
        FunctionalSyntaxDocumentFormat functional = new FunctionalSyntaxDocumentFormat();
        if (format.isPrefixOWLDocumentFormat()) {
            functional.copyPrefixesFrom(format.asPrefixOWLDocumentFormat());
        }
        try (OutputStream out = new FileOutputStream(arguments[1])) {
            ontology.saveOntology(functional, out);
        }
        Set<Object> lost = content(ontology);
        Set<Object> gained = content(load(arguments[1]));
        Set<Object> before = Set.copyOf(lost);
        lost.removeAll(gained);
        gained.removeAll(before);
        refuse("lost", lost);
        refuse("gained", gained);
    }

    private static OWLOntology load(String path) throws Exception {
        return OWLManager.createOWLOntologyManager()
            .loadOntologyFromOntologyDocument(new FileDocumentSource(new File(path)));
    }

    private static Set<Object> content(OWLOntology ontology) {
        Set<Object> found = ontology.axioms().collect(Collectors.toSet());
        ontology.annotations().forEach(found::add);
        return found;
    }

    private static void refuse(String what, Set<?> things) {
        if (!things.isEmpty()) {
            System.err.println(what + ": " + things.size() + ", such as " + things.iterator().next());
            System.exit(1);
        }
    }
}
