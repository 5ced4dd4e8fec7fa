package dev.graft.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** HTML from the templates beside this class; every value is escaped unless a template says otherwise. */
final class Pages {
    private static final Version FREEMARKER = Configuration.VERSION_2_3_34;
    private static final Configuration CONFIGURATION = configuration();

    private Pages() {}

    private static Configuration configuration() {
        Configuration configuration = new Configuration(FREEMARKER);
        configuration.setClassForTemplateLoading(Pages.class, "");
        configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(FREEMARKER).build());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }

    static String html(String template, Map<String, Object> values) {
        StringWriter page = new StringWriter();
        try {
            CONFIGURATION.getTemplate(template).process(values, page);
            return page.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the template " + template, e);
        } catch (TemplateException e) {
            throw new IllegalStateException("Cannot fill the template " + template, e);
        }
    }

    /** A resource as text: one beside this class, or with a leading slash from anywhere. */
    static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The application was built without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
