package dev.homeostat.cli.shell;

import dev.homeostat.cli.complete.Candidate;
import dev.homeostat.cli.complete.Candidates;
import dev.homeostat.cli.complete.Candidates.Kind;
import dev.homeostat.cli.complete.Completion;
import dev.homeostat.cli.screen.Printable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers to the line editor what may stand at the cursor. */
final class WordCompleter implements Completer {
    private static final int MOST_MEANING = 60;

    private final Completion completion;
    private final Path directory;

    /** @param directory what names of files are relative to */
    WordCompleter(Completion completion, Path directory) {
        this.completion = completion;
        this.directory = directory;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<org.jline.reader.Candidate> offered) {
        List<String> before = line.words().subList(0, line.wordIndex());
        boolean named = !before.isEmpty() && before.getFirst().equals("homeostat");
        boolean help = !before.isEmpty() && before.getFirst().equals("help");
        Candidates found = completion.of(named || help ? before.subList(1, before.size()) : before, line.word());
        found.words().forEach(candidate -> offered.add(offer(candidate)));
        if (before.isEmpty()) {
            List.of(
                            new Candidate("help", "Shows the commands, or one", true),
                            new Candidate("clear", "Empties the screen", true),
                            new Candidate("exit", "Leaves", true))
                    .forEach(candidate -> offered.add(offer(candidate)));
        }
        if (found.kind() != Kind.WORDS) {
            files(
                    found,
                    line.word()
                            .substring(
                                    Math.min(found.after().length(), line.word().length())),
                    offered);
        }
    }

    private static org.jline.reader.Candidate offer(Candidate candidate) {
        String meaning = Printable.cut(Printable.of(candidate.meaning()), MOST_MEANING);
        return new org.jline.reader.Candidate(
                candidate.word(),
                Printable.of(candidate.word()),
                null,
                meaning.isEmpty() ? null : meaning,
                null,
                null,
                candidate.whole());
    }

    private void files(Candidates wanted, String begun, List<org.jline.reader.Candidate> offered) {
        int slash = begun.lastIndexOf('/') + 1;
        String name = begun.substring(slash);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve(begun.substring(0, slash)))) {
            for (Path file : files) {
                String found = file.getFileName().toString();
                boolean inner = Files.isDirectory(file);
                if (found.startsWith(name)
                        && found.startsWith(".") == name.startsWith(".")
                        && (inner || wanted.kind() == Kind.FILES)) {
                    offered.add(offer(new Candidate(
                            wanted.after() + begun.substring(0, slash) + found + (inner ? "/" : ""), "", !inner)));
                }
            }
        } catch (IOException | InvalidPathException e) {
            // nothing to offer there
        }
    }
}
