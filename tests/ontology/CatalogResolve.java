import java.net.URI;
import javax.xml.catalog.Catalog;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;

/**
 * Where the JDK's resolver of XML catalogues finds something: java CatalogResolve.java CATALOGUE IRI...
 *
 * <p>Each line of output is an IRI, a tab and the address that the catalogue gives for it, or a hyphen.
 */
public class CatalogResolve {
    public static void main(String[] arguments) {
        Catalog catalogue = CatalogManager.catalog(CatalogFeatures.defaults(), URI.create(arguments[0]));
        for (int index = 1; index < arguments.length; index++) {
            String place = catalogue.matchURI(arguments[index]);
            System.out.println(arguments[index] + "\t" + (place == null ? "-" : place));
        }
    }
}
