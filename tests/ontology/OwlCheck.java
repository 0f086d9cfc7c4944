import java.io.File;
import java.io.FileOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat;
import org.semanticweb.owlapi.formats.RDFXMLDocumentFormat;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.AddOntologyAnnotation;
import org.semanticweb.owlapi.model.AxiomType;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLAxiom;
import org.semanticweb.owlapi.model.OWLDocumentFormat;
import org.semanticweb.owlapi.model.OWLEntity;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.model.OWLProperty;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.util.SimpleIRIMapper;

/**
 * What the OWL API finds in an ontology file: java OwlCheck.java FILE ROUND-TRIP-FOLDER [IRI FILE]...
 *
 * <p>The pairs map imported ontologies to files; nothing is fetched. Each line of output is a key, a tab
 * and a value: counts, every unparsed triple, every violation of OWL 2 DL, and whether saving and
 * loading again, in RDF/XML and in functional syntax, gives the same axioms and ontology annotations.
 * -Dsame=FILE compares them with those of a file in functional syntax instead, and takes for RDF/XML some axioms
 * of each form with each property; -Daxioms=TEXT lists the axioms that contain a text.
 */
public class OwlCheck {
    private static final int OF_EACH = 10;

    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology = load(new File(arguments[0]), arguments);
        say("axioms", ontology.getAxiomCount());
        say("imported", ontology.imports().count());
        for (AxiomType<?> type : new AxiomType<?>[] {
            AxiomType.OBJECT_PROPERTY_ASSERTION, AxiomType.NEGATIVE_OBJECT_PROPERTY_ASSERTION,
            AxiomType.DATA_PROPERTY_ASSERTION, AxiomType.CLASS_ASSERTION, AxiomType.ANNOTATION_ASSERTION}) {
            say(type.getName(), ontology.axioms(type).count());
            say(type.getName() + "-annotated", ontology.axioms(type).filter(OWLAxiom::isAnnotated).count());
        }
        ontology.importsClosure().forEach(each -> {
            OWLDocumentFormat format = each.getFormat();
            format.getOntologyLoaderMetaData().ifPresent(data -> {
                if (data instanceof RDFParserMetaData) {
                    ((RDFParserMetaData) data).getUnparsedTriples().forEach(triple -> say("unparsed", triple));
                }
            });
        });
        OWLProfileReport report = new OWL2DLProfile().checkOntology(ontology);
        for (OWLProfileViolation violation : report.getViolations()) {
            say("violation", violation.toString().replaceAll("\\s+", " "));
        }
        boolean large = System.getProperty("same") != null;
        roundTrip("rdfxml", large ? sample(ontology) : ontology, new RDFXMLDocumentFormat(), arguments);
        if (!large) {
            roundTrip("functional", ontology, new FunctionalSyntaxDocumentFormat(), arguments);
        } else {
            compare("same", ontology, load(new File(System.getProperty("same")), arguments));
        }
        if (System.getProperty("axioms") != null) {
            Set<String> lines = ontology.axioms().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
            lines.stream().filter(line -> line.contains(System.getProperty("axioms"))).forEach(line -> say("axiom", line));
        }
        say("done", "yes");
    }

    /** An ontology with the annotations, all declarations, and of the other axioms some of each form with each property. */
    private static OWLOntology sample(OWLOntology ontology) throws Exception {
        OWLOntology part = OWLManager.createOWLOntologyManager().createOntology(ontology.getOntologyID());
        ontology.annotations().forEach(each -> part.applyChange(new AddOntologyAnnotation(part, each)));
        Map<String, Integer> seen = new HashMap<>();
        ontology.axioms().forEach(axiom -> {
            StringBuilder key = new StringBuilder(axiom.getAxiomType() + " " + axiom.isAnnotated());
            axiom.signature().filter(each -> each instanceof OWLProperty).map(OWLEntity::getIRI).sorted()
                .forEach(each -> key.append(' ').append(each));
            if (axiom.getAxiomType() == AxiomType.DECLARATION || seen.merge(key.toString(), 1, Integer::sum) <= OF_EACH) {
                part.addAxiom(axiom);
            }
        });
        say("sampled", part.getAxiomCount());
        return part;
    }

    private static OWLOntology load(File file, String[] arguments) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        for (int index = 2; index + 1 < arguments.length; index += 2) {
            manager.getIRIMappers().add(new SimpleIRIMapper(
                IRI.create(arguments[index]), IRI.create(new File(arguments[index + 1]))));
        }
        OWLOntologyLoaderConfiguration configuration = new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.THROW_EXCEPTION)
            .setFollowRedirects(false);
        return manager.loadOntologyFromOntologyDocument(new FileDocumentSource(file), configuration);
    }

    private static void roundTrip(String name, OWLOntology ontology, OWLDocumentFormat format, String[] arguments)
        throws Exception {
        File file = new File(arguments[1], "saved-" + name + ".owl");
        try (FileOutputStream out = new FileOutputStream(file)) {
            ontology.saveOntology(format, out);
        }
        compare("roundtrip-" + name, ontology, load(file, arguments));
    }

    /** Says how many axioms another ontology lacks and has besides, and whether its annotations are the same. */
    private static void compare(String key, OWLOntology ontology, OWLOntology other) {
        Set<OWLAxiom> before = ontology.axioms().collect(Collectors.toSet());
        Set<OWLAxiom> after = other.axioms().collect(Collectors.toSet());
        Set<OWLAxiom> lost = new HashSet<>(before);
        lost.removeAll(after);
        Set<OWLAxiom> gained = new HashSet<>(after);
        gained.removeAll(before);
        boolean annotations = ontology.annotations().collect(Collectors.toSet())
            .equals(other.annotations().collect(Collectors.toSet()));
        say(key, "lost " + lost.size() + " gained " + gained.size() + " annotations " + annotations);
        lost.stream().limit(5).forEach(axiom -> say("lost-" + key, axiom));
        gained.stream().limit(5).forEach(axiom -> say("gained-" + key, axiom));
    }

    private static void say(String key, Object value) {
        System.out.println(key + "\t" + String.valueOf(value).replace("\n", " "));
    }
}
