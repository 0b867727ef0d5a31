using Colophon.Cli.CommandLine;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Completion;

/// <summary>What the last word of an unfinished line may become.</summary>
internal static class Candidates
{
    /// <summary>The candidates with a summary each; none where the shell should offer files.</summary>
    public static IReadOnlyList<(string Word, string Summary)> For(IReadOnlyList<CliCommand> commands, IReadOnlyList<string> words, string directory)
    {
        var unfinished = words.Count == 0 ? "" : words[^1];
        var before = words.Count == 0 ? [] : words.Take(words.Count - 1).ToArray();
        var prefix = "";
        // bash takes --type=spec apart into three words and fills in the last.
        if (before is [.., "="])
        {
            before = before[..^1];
        }
        else if (unfinished == "=")
        {
            unfinished = "";
        }
        else if (unfinished.StartsWith("--", StringComparison.Ordinal) && unfinished.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            // The other shells leave it whole, and want the whole word back.
            before = [.. before, unfinished[..equals]];
            prefix = unfinished[..(equals + 1)];
            unfinished = unfinished[(equals + 1)..];
        }

        var (command, next) = CommandLineParser.FindCommand(commands, before);
        var all = command is null ? CommandWords(commands, before) : Inside(command, before, next, unfinished, DirectoryOf(before, directory));
        return [.. all.Where(candidate => candidate.Word.StartsWith(unfinished, StringComparison.Ordinal) && IsPlain(candidate.Word))
            .DistinctBy(static candidate => candidate.Word).Select(candidate => (prefix + candidate.Word, candidate.Summary))];
    }

    /// <summary>Shells put a candidate into the line unquoted: a folder's name that a shell would act upon is not offered.</summary>
    private static bool IsPlain(string word) => word.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '+' or '@');

    private static IEnumerable<(string Word, string Summary)> CommandWords(IReadOnlyList<CliCommand> commands, string[] before)
    {
        var prefix = string.Concat(before.Where((word, i) => !word.StartsWith('-') && !(i > 0 && CommandLineParser.TakesNextWord(GlobalOptions.All, before[i - 1]))).Select(static word => word + " "));
        foreach (var command in commands.Where(c => !c.Hidden && c.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var rest = command.Name[prefix.Length..].Split(' ');
            yield return (rest[0], rest.Length == 1 ? command.Summary : "");
        }
    }

    private static IEnumerable<(string Word, string Summary)> Inside(CliCommand command, string[] before, int next, string unfinished, string directory)
    {
        IReadOnlyList<OptionSpec> options = [.. command.Options, .. GlobalOptions.For(command)];
        if (before.Length > 0 && options.FirstOrDefault(o => o.Value is not null && (o.Name == before[^1] || (o.Short is { } letter && before[^1] == $"-{letter}"))) is { } open)
            return Words(open.Kind, open.Choices, directory);
        if (unfinished.StartsWith('-'))
            return options.Where(option => !before.Contains(option.Name, StringComparer.Ordinal)).Select(static option => (option.Name, option.Summary));
        var index = 0;
        for (var i = next; i < before.Length; i++)
        {
            if (!before[i].StartsWith('-'))
                index++;
            else if (options.Any(o => o.Value is not null && o.Name == before[i]))
                i++;
        }

        var argument = command.Arguments.ElementAtOrDefault(index) ?? (command.Arguments is [.., { Many: true } last] ? last : null);
        return argument is null ? [] : Words(argument.Kind, argument.Choices, directory);
    }

    private static IEnumerable<(string Word, string Summary)> Words(WordKind kind, IReadOnlyList<string> choices, string directory)
    {
        if (kind == WordKind.Choice)
            return choices.Select(static choice => (choice, ""));
        if (kind is WordKind.Free or WordKind.Path)
            return [];
        try
        {
            var tree = ProjectSpecs.Open(directory);
            var changes = tree.Changes.Select(static name => (name, "change"));
            return kind == WordKind.Change ? changes : changes.Concat(tree.Specs.Select(static id => (id, "specification")));
        }
        catch (ColophonException)
        {
            // No project here: nothing to offer, and a completion never complains.
            return [];
        }
    }

    /// <summary>The folder that the line itself says to work in.</summary>
    private static string DirectoryOf(string[] before, string directory)
    {
        for (var i = 0; i < before.Length - 1; i++)
        {
            if (before[i] is "-C" || before[i] == GlobalOptions.Directory.Name || before[i] == GlobalOptions.Root.Name)
                directory = Path.GetFullPath(before[i + 1], directory);
        }

        return directory;
    }
}
