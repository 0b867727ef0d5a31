namespace Colophon.Specs.OpenSpec.Settings;

/// <summary>Which of OpenSpec's workflows are installed.</summary>
internal static class Profiles
{
    /// <summary>The workflows of the profile <c>core</c>.</summary>
    internal static readonly string[] Core = ["propose", "explore", "apply", "update", "sync", "archive"];

    /// <summary>Every workflow, in the order in which they are shown.</summary>
    internal static readonly string[] All = ["propose", "explore", "new", "continue", "apply", "update", "ff", "sync", "archive", "bulk-archive", "verify", "onboard"];

    /// <summary>The workflows that a profile comes to. Whoever archives needs to sync.</summary>
    internal static List<string> Workflows(object profile, object? chosen)
    {
        if (profile is not "custom")
            return [.. Core];
        var workflows = chosen is List<object?> list ? list.OfType<string>().ToList() : [];
        var dependent = workflows.FindIndex(static workflow => workflow is "archive" or "bulk-archive");
        if (dependent >= 0 && !workflows.Contains("sync"))
            workflows.Insert(dependent, "sync");
        return workflows;
    }
}
