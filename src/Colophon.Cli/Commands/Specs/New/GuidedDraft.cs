using Colophon.Cli.Terminals;
using Colophon.Specs;
using Colophon.Specs.Authoring;

namespace Colophon.Cli.Commands.Specs.New;

/// <summary>Asks a person for a new change, a line at a time. The end of the input ends it: nothing is written that nobody finished.</summary>
internal sealed class GuidedDraft(Terminal terminal, SpecTree tree)
{
    private const int ShortestText = 50;

    /// <summary>Asks for all of it.</summary>
    /// <param name="name">The name, where the command line has it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="EndOfStreamException">The input ended.</exception>
    public async Task<ChangeDraft> AskAsync(string? name, CancellationToken cancellationToken)
    {
        terminal.WriteLine("A change says why, what, and how the requirements read afterwards. An empty line ends a list; Ctrl-C ends all of it, and nothing is written.");
        var title = await OneAsync("Title: ", cancellationToken).ConfigureAwait(false);
        name = await NameAsync(name, title, cancellationToken).ConfigureAwait(false);
        Heading("Why is it wanted?");
        var why = await WhyAsync(cancellationToken).ConfigureAwait(false);
        Heading("What changes, a point a line?");
        var what = await ManyAsync("  - ", cancellationToken).ConfigureAwait(false);
        var deltas = await DeltasAsync(cancellationToken).ConfigureAwait(false);
        Heading("Tasks, one a line (a line that begins with # begins a group):");
        return new ChangeDraft { Name = name, Title = title, Why = why, WhatChanges = what, Deltas = deltas, NoSpecs = deltas.Count == 0, Tasks = await TasksAsync(cancellationToken).ConfigureAwait(false) };
    }

    private async Task<string> NameAsync(string? name, string title, CancellationToken cancellationToken)
    {
        var suggested = ChangeWriter.NameFor(title);
        while (true)
        {
            name ??= await LineAsync(suggested.Length == 0 ? "Name, such as add-search: " : $"Name [{suggested}]: ", cancellationToken).ConfigureAwait(false) is { Length: > 0 } typed ? typed : suggested;
            var problem = ChangeWriter.NameProblem(name) ?? (tree.Changes.Contains(name, StringComparer.Ordinal) ? "There is a change of that name already" : null);
            if (problem is null)
                return name;
            terminal.WriteLine($"  {problem}.");
            name = null;
        }
    }

    private async Task<IReadOnlyList<DraftDelta>> DeltasAsync(CancellationToken cancellationToken)
    {
        var deltas = new List<DraftDelta>();
        while (true)
        {
            Heading(deltas.Count == 0 ? "Which capability changes? A number, or the name of a new one; nothing where no requirement changes." : "Another capability? Nothing where that is all.");
            var open = tree.Specs.Except(deltas.Select(static d => d.Capability), StringComparer.Ordinal).ToList();
            for (var i = 0; i < open.Count; i++)
                terminal.WriteLine($"  {i + 1}  {Terminal.Safe(open[i])}");
            var answer = await LineAsync("> ", cancellationToken).ConfigureAwait(false);
            if (answer.Length == 0)
                return deltas;
            var id = int.TryParse(answer, out var number) && number >= 1 && number <= open.Count ? open[number - 1] : answer;
            if (deltas.Exists(d => d.Capability == id))
                terminal.WriteLine("  That one is done already.");
            else if (open.Contains(id, StringComparer.Ordinal))
                Take(deltas, await StandingAsync(id, cancellationToken).ConfigureAwait(false));
            else if (!ChangeWriter.IsCapability(id))
                terminal.WriteLine("  Lower-case letters, digits and hyphens, folders between slashes: user-auth, or identity/user-auth.");
            else
                Take(deltas, await NewAsync(id, cancellationToken).ConfigureAwait(false));
        }
    }

    private static void Take(List<DraftDelta> deltas, DraftDelta delta)
    {
        if (delta.Added.Count + delta.Modified.Count + delta.Removed.Count > 0)
            deltas.Add(delta);
    }

    private async Task<DraftDelta> NewAsync(string id, CancellationToken cancellationToken)
    {
        string purpose;
        do
        {
            purpose = await OneAsync($"What is {id} for, in {ShortestText} characters or more? ", cancellationToken).ConfigureAwait(false);
        }
        while (purpose.Length < ShortestText);
        var added = new List<DraftRequirement>();
        while (await RequirementAsync(id, added, atLeastOne: added.Count == 0, cancellationToken).ConfigureAwait(false) is { } requirement)
            added.Add(requirement);
        return new DraftDelta { Capability = id, Purpose = purpose, Added = added };
    }

    private async Task<DraftDelta> StandingAsync(string id, CancellationToken cancellationToken)
    {
        var delta = new DraftDelta { Capability = id };
        while (true)
        {
            switch (await LineAsync("a adds a requirement, m modifies one, r removes one; nothing where that is all: ", cancellationToken).ConfigureAwait(false))
            {
                case "":
                    return delta;
                case "a":
                    if (await RequirementAsync(id, delta.Added, atLeastOne: false, cancellationToken).ConfigureAwait(false) is { } added)
                        delta = delta with { Added = [.. delta.Added, added] };
                    break;
                case "m":
                    if (await ChooseAsync(id, delta, cancellationToken).ConfigureAwait(false) is { } modified)
                        delta = delta with { Modified = [.. delta.Modified, await ModifiedAsync(modified, cancellationToken).ConfigureAwait(false)] };
                    break;
                case "r":
                    if (await ChooseAsync(id, delta, cancellationToken).ConfigureAwait(false) is { } removed)
                        delta = delta with { Removed = [.. delta.Removed, new DraftRemoval(removed.Name, await OneAsync("Why does it go? ", cancellationToken).ConfigureAwait(false), await OneAsync("What do people do instead? ", cancellationToken).ConfigureAwait(false))] };
                    break;
            }
        }
    }

    private async Task<Requirement?> ChooseAsync(string id, DraftDelta delta, CancellationToken cancellationToken)
    {
        var open = tree.Spec(id).Requirements.Where(r => delta.Modified.All(m => m.Name != r.Name) && delta.Removed.All(m => m.Name != r.Name)).ToList();
        for (var i = 0; i < open.Count; i++)
            terminal.WriteLine($"  {i + 1}  {Terminal.Safe(open[i].Name)}");
        return int.TryParse(await LineAsync("Which? (number) ", cancellationToken).ConfigureAwait(false), out var number) && number >= 1 && number <= open.Count ? open[number - 1] : null;
    }

    private async Task<DraftRequirement> ModifiedAsync(Requirement requirement, CancellationToken cancellationToken)
    {
        terminal.WriteLine($"  {Terminal.Safe(requirement.BodyText)}");
        terminal.WriteLine($"  Its scenarios stay: {Terminal.Safe(string.Join("; ", requirement.Scenarios.Select(static s => s.Name)))}");
        string text;
        do
        {
            text = await LineAsync("How does it read from now on, with SHALL or MUST? Nothing where it stays: ", cancellationToken).ConfigureAwait(false);
        }
        while (text.Length > 0 && !ChangeWriter.IsNormative(text, tree.Keywords));
        return new DraftRequirement(requirement.Name, text, await ScenariosAsync(atLeastOne: false, cancellationToken).ConfigureAwait(false));
    }

    private async Task<DraftRequirement?> RequirementAsync(string id, IReadOnlyList<DraftRequirement> before, bool atLeastOne, CancellationToken cancellationToken)
    {
        while (true)
        {
            var name = await LineAsync(before.Count == 0 ? "Name of the requirement, such as 'Searching notes': " : "Name of another requirement; nothing where that is all: ", cancellationToken).ConfigureAwait(false);
            if (name.Length == 0 && !atLeastOne)
                return null;
            if (name.Length == 0)
                continue;
            if (ChangeWriter.Standing(tree, id, name) is not null || before.Any(r => r.Name == name))
            {
                terminal.WriteLine("  There is one of that name already.");
                continue;
            }

            string text;
            do
            {
                text = await OneAsync("What must be so, in a sentence with SHALL or MUST? ", cancellationToken).ConfigureAwait(false);
            }
            while (!ChangeWriter.IsNormative(text, tree.Keywords));
            return new DraftRequirement(name, text, await ScenariosAsync(atLeastOne: true, cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<IReadOnlyList<DraftScenario>> ScenariosAsync(bool atLeastOne, CancellationToken cancellationToken)
    {
        var scenarios = new List<DraftScenario>();
        while (true)
        {
            var name = await LineAsync(scenarios.Count == 0 && atLeastOne ? "A scenario that shows it, its name: " : "Name of another scenario; nothing where that is all: ", cancellationToken).ConfigureAwait(false);
            if (name.Length == 0 && (scenarios.Count > 0 || !atLeastOne))
                return scenarios;
            if (name.Length == 0)
                continue;
            List<(string, string)> steps = [("WHEN", await OneAsync("  WHEN ", cancellationToken).ConfigureAwait(false)), ("THEN", await OneAsync("  THEN ", cancellationToken).ConfigureAwait(false))];
            while (await LineAsync("  AND ", cancellationToken).ConfigureAwait(false) is { Length: > 0 } and)
                steps.Add(("AND", and));
            scenarios.Add(new DraftScenario(name, steps));
        }
    }

    private async Task<IReadOnlyList<(string, IReadOnlyList<string>)>> TasksAsync(CancellationToken cancellationToken)
    {
        var groups = new List<(string Title, List<string> Tasks)>();
        while (true)
        {
            var line = await LineAsync("  - ", cancellationToken).ConfigureAwait(false);
            if (line.StartsWith('#') && line.Trim('#', ' ') is { Length: > 0 } title)
                groups.Add((title, []));
            else if (line.Length > 0 && groups.Count == 0)
                groups.Add(("Work", [line]));
            else if (line.Length > 0)
                groups[^1].Tasks.Add(line);
            else if (groups.Exists(static g => g.Tasks.Count > 0))
                return [.. groups.Where(static g => g.Tasks.Count > 0).Select(static g => (g.Title, (IReadOnlyList<string>)g.Tasks))];
        }
    }

    private void Heading(string text)
    {
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(Style.Bold, text));
    }

    private async Task<string> WhyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            lines.AddRange(await ManyAsync("  ", cancellationToken).ConfigureAwait(false));
            var why = string.Join('\n', lines);
            if (why.Length >= ShortestText)
                return why;
            terminal.WriteLine($"  Go on: whoever approves it wants to understand it, and OpenSpec asks for {ShortestText} characters.");
        }
    }

    private async Task<IReadOnlyList<string>> ManyAsync(string prompt, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await LineAsync(prompt, cancellationToken).ConfigureAwait(false);
            if (line.Length > 0)
                lines.Add(line);
            else if (lines.Count > 0)
                return lines;
        }
    }

    private async Task<string> OneAsync(string prompt, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await LineAsync(prompt, cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
                return line;
        }
    }

    private async Task<string> LineAsync(string prompt, CancellationToken cancellationToken) =>
        (await terminal.AskAsync(prompt, cancellationToken).ConfigureAwait(false) ?? throw new EndOfStreamException()).Trim();
}
