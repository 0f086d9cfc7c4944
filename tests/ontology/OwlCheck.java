import java.io.File;
import java.io.FileOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.catalog.Catalog;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.formats.FunctionalSyntaxDocumentFormat;
import org.semanticweb.owlapi.formats.RDFXMLDocumentFormat;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.AddOntologyAnnotation;
import org.semanticweb.owlapi.model.AxiomType;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLAnnotationAssertionAxiom;
import org.semanticweb.owlapi.model.OWLAxiom;
import org.semanticweb.owlapi.model.OWLDataFactory;
import org.semanticweb.owlapi.model.OWLDocumentFormat;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.model.OWLProperty;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * What the OWL API finds in ontology files: java OwlCheck.java ROUND-TRIP-FOLDER FILE...
 *
 * <p>Imports are found as Protégé finds them: by the catalogue catalog-v001.xml beside the opened file, which the
 * JDK's resolver reads (OASIS XML Catalogs); nothing is fetched. Each line of output is a key, a tab and a value,
 * after a line that names the file: counts, every unparsed triple, every violation of OWL 2 DL, and whether saving
 * and loading again, in RDF/XML and in functional syntax, gives the same axioms and ontology annotations. Of a
 * large ontology a sample is saved: some axioms of each form with each property, and texts with quotes and the like.
 * -Dsame=FILE compares the axioms of the first file with those of another; -Dabout=IRI lists the axioms in
 * which an individual stands.
 */
public class OwlCheck {
    private static final int OF_EACH = 10;
    private static final int LARGE = 50_000;
    private static final Pattern ODD = Pattern.compile("[\\\\\"\\n\\t<&]");

    public static void main(String[] arguments) throws Exception {
        File folder = new File(arguments[0]);
        for (int index = 1; index < arguments.length; index++) {
            File file = new File(arguments[index]);
            say("file", file);
            OWLOntology ontology = load(file, file);
            check(ontology);
            OWLOntology saved = ontology.getAxiomCount() > LARGE ? sample(ontology) : ontology;
            roundTrip("rdfxml", file, saved, new RDFXMLDocumentFormat(), folder);
            roundTrip("functional", file, saved, new FunctionalSyntaxDocumentFormat(), folder);
            if (index == 1 && System.getProperty("same") != null) {
                compare("same", ontology, load(new File(System.getProperty("same")), file));
            }
        }
        say("done", "yes");
    }

    private static void check(OWLOntology ontology) {
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
        if (System.getProperty("about") != null) {
            IRI iri = IRI.create(System.getProperty("about"));
            ontology.referencingAxioms(OWLManager.getOWLDataFactory().getOWLNamedIndividual(iri))
                .forEach(axiom -> say("axiom", axiom));
        }
    }

    /** The ontology annotations, some axioms of each form with each property, and declarations of what is in them. */
    private static OWLOntology sample(OWLOntology ontology) throws Exception {
        OWLOntology part = OWLManager.createOWLOntologyManager().createOntology(ontology.getOntologyID());
        ontology.annotations().forEach(each -> part.applyChange(new AddOntologyAnnotation(part, each)));
        Map<String, Integer> seen = new HashMap<>();
        ontology.axioms().forEach(axiom -> {
            if (isOdd(axiom) || seen.merge(form(axiom), 1, Integer::sum) <= OF_EACH) {
                part.addAxiom(axiom);
            }
        });
        OWLDataFactory factory = OWLManager.getOWLDataFactory();
        part.signature().map(factory::getOWLDeclarationAxiom).filter(ontology::containsAxiom)
            .collect(Collectors.toList()).forEach(part::addAxiom);
        say("sampled", part.getAxiomCount());
        return part;
    }

    private static String form(OWLAxiom axiom) {
        String properties = axiom instanceof OWLAnnotationAssertionAxiom
            ? ((OWLAnnotationAssertionAxiom) axiom).getProperty().getIRI().toString()
            : axiom.signature().filter(each -> each instanceof OWLProperty).map(each -> each.getIRI().toString())
                .sorted().collect(Collectors.joining(" "));
        return axiom.getAxiomType() + " " + axiom.isAnnotated() + " " + properties;
    }

    /** Whether a text stands in the axiom that a syntax must take care of. */
    private static boolean isOdd(OWLAxiom axiom) {
        return axiom instanceof OWLAnnotationAssertionAxiom
            && ((OWLAnnotationAssertionAxiom) axiom).annotationValue().asLiteral()
                .map(text -> ODD.matcher(text.getLiteral()).find()).orElse(false);
    }

    /** Loads a file; its imports are those that the catalogue beside the opened file maps, and there are no others. */
    private static OWLOntology load(File file, File opened) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        File beside = new File(opened.getAbsoluteFile().getParentFile(), "catalog-v001.xml");
        Catalog catalogue = beside.exists()
            ? CatalogManager.catalog(CatalogFeatures.defaults(), beside.toURI())
            : null;
        manager.getIRIMappers().add(iri -> {
            if (iri.getScheme().equals("file")) {
                return null;
            }
            String place = catalogue == null ? null : catalogue.matchURI(iri.toString());
            if (place == null) {
                throw new IllegalStateException("no catalogue beside the file says where " + iri + " is");
            }
            return IRI.create(place);
        });
        OWLOntologyLoaderConfiguration configuration = new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.THROW_EXCEPTION)
            .setFollowRedirects(false);
        return manager.loadOntologyFromOntologyDocument(new FileDocumentSource(file), configuration);
    }

    private static void roundTrip(
        String name, File opened, OWLOntology ontology, OWLDocumentFormat format, File folder) throws Exception {
        File file = new File(folder, opened.getName() + "-" + name + ".owl");
        try (FileOutputStream out = new FileOutputStream(file)) {
            ontology.saveOntology(format, out);
        }
        compare("roundtrip-" + name, ontology, load(file, opened));
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
