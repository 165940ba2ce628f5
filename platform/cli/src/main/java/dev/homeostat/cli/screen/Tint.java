package dev.homeostat.cli.screen;

/** A colour that means something; shown on terminals that want it. */
public enum Tint {
    PLAIN(""),
    GOOD("32"),
    BAD("31"),
    BUSY("33"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Tint(String code) {
        this.code = code;
    }

    public String paint(String text, boolean coloured) {
        return coloured && !code.isEmpty() && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The tint of a state's name. */
    public static Tint of(String state) {
        return switch (state) {
            case "active", "running", "done", "ok", "yes" -> GOOD;
            case "failed", "error", "degraded", "permanent" -> BAD;
            case "not done", "pending", "refreshing", "starting", "stopping", "found", "no" -> BUSY;
            default -> PLAIN;
        };
    }
}
