package io.orderflow.platform.web;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads numbers in addresses and headers as they are written in JSON. Spring would also take hexadecimal ones, blanks
 * around them, a plus and the digits of other scripts, and nothing at all for the default.
 */
@ControllerAdvice
class WholeNumbers {

    private static final Pattern FORM = Pattern.compile("-?(0|[1-9][0-9]*)");

    /** Editors and not converters: what a converter refuses is given to Spring's own editors. */
    @InitBinder
    void register(WebDataBinder binder) {
        binder.registerCustomEditor(int.class, new Editor(Integer::valueOf));
        binder.registerCustomEditor(Integer.class, new Editor(Integer::valueOf));
        binder.registerCustomEditor(Long.class, new Editor(Long::valueOf));
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, Number> reader;

        Editor(Function<String, Number> reader) {
            this.reader = reader;
        }

        @Override
        public void setAsText(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new NumberFormatException(text);
            }
            setValue(reader.apply(text));
        }
    }
}
