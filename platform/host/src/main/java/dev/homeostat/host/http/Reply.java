package dev.homeostat.host.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What is answered.
 *
 * @param status as 200
 * @param type the media type of the body, which is in UTF-8
 * @param body what is sent, but to a HEAD
 */
record Reply(int status, String type, String body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Some lines for a person. */
    static Reply text(int status, String text) {
        return new Reply(status, TEXT, text);
    }

    /** Writes it as the one answer of a connection. */
    void write(OutputStream out, boolean withBody) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head = "HTTP/1.1 " + status + " " + reason() + "\r\n"
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + bytes.length + "\r\n"
                + (status == 405 ? "Allow: GET, HEAD\r\n" : "")
                + "Cache-Control: no-store\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Connection: close\r\n\r\n";
        out.write(head.getBytes(US_ASCII));
        if (withBody) {
            out.write(bytes);
        }
        out.flush();
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
