package dev.homeostat.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;

/** The house format: palantir-java-format as it comes, imports sorted and unused ones removed. Safe for use by many threads. */
final class SourceFormat {

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    /**
     * Formats a whole compilation unit.
     *
     * @throws FormatterException if the text is not Java; its message names line and column
     */
    String format(String source) throws FormatterException {
        return formatter.formatSourceAndFixImports(source);
    }
}
