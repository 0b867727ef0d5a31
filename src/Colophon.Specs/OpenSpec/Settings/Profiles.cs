namespace Colophon.Specs.OpenSpec.Settings;

/// <summary>Which of OpenSpec's workflows are installed.</summary>
internal static class Profiles
{
    /// <summary>The workflows of the profile <c>core</c>.</summary>
    internal static readonly string[] Core = ["propose", "explore", "apply", "update", "sync", "archive"];

    /// <summary>Every workflow, in the order in which they are shown.</summary>
    internal static readonly string[] All = ["propose", "explore", "new", "continue", "apply", "update", "ff", "sync", "archive", "bulk-archive", "verify", "onboard"];
}
