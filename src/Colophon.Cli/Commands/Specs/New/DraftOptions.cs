using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Specs;
using Colophon.Specs.Authoring;

namespace Colophon.Cli.Commands.Specs.New;

/// <summary>A new change told by options: a purpose, requirement or removal belongs to the capability before it, a scenario to the requirement before it.</summary>
internal static class DraftOptions
{
    public static readonly OptionSpec Title = new("--title", "Its title.") { Value = "text" };
    public static readonly OptionSpec Why = new("--why", "Why it is wanted.") { Value = "text" };
    public static readonly OptionSpec What = new("--what", "A point of what changes; can be given more than once, as all that follow.") { Value = "text" };
    public static readonly OptionSpec Capability = new("--capability", "A capability whose requirements change, new or standing.") { Value = "id" };
    public static readonly OptionSpec Purpose = new("--purpose", "What the new capability before it is for.") { Value = "text" };
    public static readonly OptionSpec Requirement = new("--requirement", "\"Name: sentence with SHALL or MUST\"; one that stands is modified.") { Value = "text" };
    public static readonly OptionSpec Scenario = new("--scenario", "\"Name: WHEN … THEN …\" of the requirement before it.") { Value = "text" };
    public static readonly OptionSpec Remove = new("--remove", "\"Name: reason\" of a requirement that goes.") { Value = "text" };
    public static readonly OptionSpec NoSpecs = new("--no-specs", "It changes no specification, on purpose.");
    public static readonly OptionSpec Task = new("--task", "A task.") { Value = "text" };

    private static readonly Dictionary<string, string> s_examples = new(StringComparer.Ordinal)
    {
        [Capability.Name] = "search",
        [Purpose.Name] = "\"Finding notes again by any word that stands in them.\"",
        [Requirement.Name] = "\"Finding: A search SHALL list every note that holds the word.\"",
        [Scenario.Name] = "\"Found: WHEN a word is in a note THEN the note is listed\"",
        [Remove.Name] = "\"Reading: Search shows them.\"",
    };

    private static readonly string[] s_words = ["GIVEN", "WHEN", "THEN", "AND"];

    public static IReadOnlyList<OptionSpec> All { get; } = [Title, Why, What, Capability, Purpose, Requirement, Scenario, Remove, NoSpecs, Task];

    /// <summary>Whether any of them was given.</summary>
    public static bool Any(ParsedLine line) => All.Any(line.Has);

    /// <summary>The draft they make.</summary>
    /// <exception cref="CliException">One of them stands where it belongs to nothing, or does not read as it should.</exception>
    public static ChangeDraft Read(ParsedLine line, SpecTree tree)
    {
        var title = line.Value(Title);
        var name = line.Argument(0) ?? (title is null ? "" : ChangeWriter.NameFor(title));
        if (name.Length == 0)
            throw new CliException(CliError.MissingArgument, "The change needs a name.", "For example: colophon new change add-search");
        var deltas = new List<DraftDelta>();
        var modified = false;
        foreach (var (option, value) in line.Options)
        {
            if (option == Capability.Name)
                deltas.Add(new DraftDelta { Capability = value, Purpose = tree.Specs.Contains(value, StringComparer.Ordinal) ? null : "" });
            else if (option == Purpose.Name || option == Requirement.Name || option == Scenario.Name || option == Remove.Name)
                deltas[^1] = Extend(deltas.Count > 0 ? deltas[^1] : throw Misplaced(option, Capability), tree, option, value, ref modified);
        }

        return new ChangeDraft
        {
            Name = name,
            Title = title,
            Why = line.Value(Why),
            WhatChanges = line.Values(What),
            Deltas = deltas,
            NoSpecs = line.Has(NoSpecs),
            Tasks = line.Has(Task) ? [("Work", line.Values(Task))] : [],
        };
    }

    private static DraftDelta Extend(DraftDelta delta, SpecTree tree, string option, string value, ref bool modified)
    {
        if (option == Purpose.Name)
            return delta.Purpose is null ? throw new CliException(CliError.OptionValue, $"'{delta.Capability}' stands already and has its purpose.", "Leave --purpose out.") : delta with { Purpose = value };
        if (option == Remove.Name)
        {
            var (gone, reason) = Split(Remove, value);
            return delta with { Removed = [.. delta.Removed, new DraftRemoval(gone, reason, "None.")] };
        }

        if (option == Scenario.Name)
            return WithScenario(delta, modified, value);
        var (name, text) = Split(Requirement, value);
        var requirement = new DraftRequirement(name, text, []);
        modified = ChangeWriter.Standing(tree, delta.Capability, name) is not null;
        return modified ? delta with { Modified = [.. delta.Modified, requirement] } : delta with { Added = [.. delta.Added, requirement] };
    }

    private static DraftDelta WithScenario(DraftDelta delta, bool modified, string value)
    {
        var (name, text) = Split(Scenario, value);
        var scenario = new DraftScenario(name, Steps(text));
        if (delta.Modified.Count > 0 && modified)
            return delta with { Modified = [.. delta.Modified.SkipLast(1), With(delta.Modified[^1], scenario)] };
        return delta.Added.Count > 0 ? delta with { Added = [.. delta.Added.SkipLast(1), With(delta.Added[^1], scenario)] } : throw Misplaced(Scenario.Name, Requirement);
    }

    private static DraftRequirement With(DraftRequirement requirement, DraftScenario scenario) => requirement with { Scenarios = [.. requirement.Scenarios, scenario] };

    private static List<(string Word, string Text)> Steps(string text)
    {
        var steps = new List<(string Word, List<string> Text)>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (s_words.Contains(word, StringComparer.Ordinal))
                steps.Add((word, []));
            else if (steps.Count > 0)
                steps[^1].Text.Add(word.TrimEnd(','));
            else
                throw Unread();
        }

        return steps.Exists(static s => s.Word == "WHEN") && steps.Exists(static s => s.Word == "THEN") && steps.TrueForAll(static s => s.Text.Count > 0)
            ? steps.ConvertAll(static s => (s.Word, string.Join(' ', s.Text)))
            : throw Unread();
    }

    private static (string Name, string Text) Split(OptionSpec option, string value)
    {
        var colon = value.IndexOf(": ", StringComparison.Ordinal);
        return colon > 0 ? (value[..colon].Trim(), value[(colon + 2)..].Trim()) : throw new CliException(CliError.OptionValue, $"'{value}' has no name: '{option.Name}' wants a name, a colon, a space and the rest.", $"For example: {option.Name} {s_examples[option.Name]}");
    }

    private static CliException Unread() => new(CliError.OptionValue, "A scenario says WHEN something happens and THEN what must come of it.", "For example: --scenario \"Found: WHEN a word matches THEN the note is listed\"");

    private static CliException Misplaced(string option, OptionSpec before) => new(CliError.OptionValue, $"'{option}' belongs to the {before.Name} before it, and there is none.", $"For example: {before.Name} {s_examples[before.Name]} {option} {s_examples[option]}");
}
