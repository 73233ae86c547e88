import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.ProfileDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files against PDF/UA-1 and PDF/A-2a by veraPDF. One line for each file and standard ("passed" or "failed"
 * and how many checks), one for each broken rule; fields are parted by tabs.
 */
public class CheckPdf {
    private static final String RULES = "/org/verapdf/pdfa/validation/";
    private static final int REPORTED = 20;

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        check(files, "PDFUA-1", PDFAFlavour.PDFUA_1);
        check(files, "PDFA-2A", PDFAFlavour.PDFA_2_A);
    }

    private static void check(String[] files, String name, PDFAFlavour standard) throws Exception {
        ValidationProfile profile = profile(standard, name + ".xml");
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), standard);
                    PDFAValidator validator = ValidatorFactory.createValidator(profile, REPORTED, false, true, false)) {
                tell(file, name, validator.validate(parser));
            }
        }
    }

    private static void tell(String file, String name, ValidationResult result) {
        String verdict = result.isCompliant() ? "passed" : "failed";
        System.out.println(String.join("\t", file, name, verdict, String.valueOf(result.getTotalAssertions())));
        for (TestAssertion each : result.getTestAssertions()) {
            if (each.getStatus() == TestAssertion.Status.FAILED) {
                RuleId rule = each.getRuleId();
                String number = rule.getClause() + "-" + rule.getTestNumber();
                String place = each.getLocation().getContext();
                System.out.println(String.join("\t", file, name, "rule", number, each.getMessage(), place));
            }
        }
    }

    /** The rules of a standard, read without JAXB: Java has it no longer, and the archive holds only a part of it. */
    private static ValidationProfile profile(PDFAFlavour standard, String name) throws Exception {
        Element root;
        try (InputStream stream = CheckPdf.class.getResourceAsStream(RULES + name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element each : all(root, "rule")) {
            rules.add(rule(each));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element each : all(root, "variable")) {
            String start = text(each, "defaultValue");
            String value = text(each, "value");
            variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"), start, value));
        }
        ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
        return Profiles.profileFromValues(standard, details, "", rules, variables);
    }

    private static Rule rule(Element each) {
        Element id = all(each, "id").get(0);
        PDFAFlavour.Specification source = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        int number = Integer.parseInt(id.getAttribute("testNumber"));
        RuleId identifier = Profiles.ruleIdFromValues(source, id.getAttribute("clause"), number);
        ErrorDetails error = Profiles.errorFromValues(text(each, "message"), List.of());
        return Profiles.ruleFromValues(
                identifier,
                each.getAttribute("object"),
                Boolean.parseBoolean(each.getAttribute("deferred")),
                each.getAttribute("tags"),
                text(each, "description"),
                text(each, "test"),
                error,
                List.of());
    }

    private static List<Element> all(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int place = 0; place < found.getLength(); place++) {
            elements.add((Element) found.item(place));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
