package dev.graft.report;

import dev.graft.settings.ShownText;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import freemarker.template.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTML from the templates beside this class; every value is escaped unless a template says otherwise, and what would turn
 * or hide text is shown as its code. {@code name(…)} cuts long names.
 */
final class Pages {
    private static final Version FREEMARKER = Configuration.VERSION_2_3_34;
    private static final Configuration CONFIGURATION = configuration();

    private Pages() {}

    private static Configuration configuration() {
        Configuration configuration = new Configuration(FREEMARKER);
        configuration.setClassForTemplateLoading(Pages.class, "");
        configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(FREEMARKER).build());
        configuration.setRegisteredCustomOutputFormats(List.of(ShownHtml.INSTANCE)); // takes the place of HTML
        configuration.setSharedVariable("name", (TemplateMethodModelEx) Pages::name);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }

    private static String name(List<?> arguments) throws TemplateModelException {
        if (arguments.size() == 1 && arguments.get(0) instanceof TemplateScalarModel name) {
            return ShownText.name(name.getAsString());
        }
        throw new TemplateModelException("name(…) takes one text");
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

    /** HTML whose text is what {@link ShownText} shows. */
    private static final class ShownHtml extends HTMLOutputFormat {
        static final ShownHtml INSTANCE = new ShownHtml();

        @Override
        public void output(String text, Writer out) throws IOException, TemplateModelException {
            super.output(ShownText.lines(text), out);
        }

        @Override
        public String escapePlainText(String text) {
            return super.escapePlainText(ShownText.lines(text));
        }

        @Override
        protected TemplateHTMLOutputModel newTemplateMarkupOutputModel(@Nullable String text, @Nullable String markup) {
            return new ShownMarkup(text, markup);
        }
    }

    private static final class ShownMarkup extends TemplateHTMLOutputModel {
        ShownMarkup(@Nullable String text, @Nullable String markup) {
            super(text, markup);
        }

        @Override
        public HTMLOutputFormat getOutputFormat() {
            return ShownHtml.INSTANCE;
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
