namespace Colophon.Specs.Authoring;

/// <summary>The comments that a drafted change leaves where a person has to write: <see cref="DraftText"/> writes them, and validation finds those that are left.</summary>
internal static class DraftPlaceholders
{
    internal const string Why = "Write why the change is wanted: what is wrong now, and for whom";
    internal const string WhatChanges = "Write what changes, a point each";
    internal const string Purpose = "Write what this capability is for, in at least 50 characters";
    internal const string RequirementName = "Write a requirement: its name";
    internal const string Sentence = "one sentence that says SHALL or MUST";
    internal const string Case = "a case that shows it";
    internal const string Happens = "what happens";
    internal const string Comes = "what must come of it";
    internal const string TaskGroup = "a group of tasks";
    internal const string FirstTask = "Write the first task";

    /// <summary>Begins the placeholder for a named requirement's sentence.</summary>
    internal const string SentenceOf = "Write the sentence of '";

    /// <summary>Begins the placeholder for a named requirement's scenario.</summary>
    internal const string ScenarioOf = "Write a scenario of '";

    private static readonly string[] s_whole = [Why, WhatChanges, Purpose, RequirementName, Sentence, Case, Happens, Comes, TaskGroup, FirstTask];

    /// <summary>The placeholder at the end of a line, without the marks of the comment; empty where there is none.</summary>
    internal static ReadOnlySpan<char> In(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd();
        var open = line.LastIndexOf("<!-- ", StringComparison.Ordinal);
        if (open < 0 || !line.EndsWith(" -->"))
            return default;
        var text = line[(open + 5)..^4];
        if (text.StartsWith(SentenceOf) || text.StartsWith(ScenarioOf))
            return text;
        foreach (var known in s_whole)
        {
            if (text.SequenceEqual(known))
                return text;
        }

        return default;
    }
}
