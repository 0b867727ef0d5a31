using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>The workflows that can be installed, and which of them a person wants.</summary>
internal static class Workflows
{
    /// <summary>Every workflow, in the order in which people are told of them.</summary>
    internal static string[] All => Profiles.All;

    /// <summary>The same in the order in which they are written and looked for.</summary>
    internal static readonly string[] InFileOrder = ["explore", "new", "continue", "apply", "update", "ff", "sync", "archive", "bulk-archive", "verify", "onboard", "propose"];

    /// <summary>The folder and name of a workflow's skill; null for a word that is no workflow.</summary>
    internal static string? Skill(string workflow) => workflow switch
    {
        "new" or "continue" or "apply" or "update" or "ff" or "archive" or "bulk-archive" or "verify" => $"openspec-{workflow}-change",
        "sync" => "openspec-sync-specs",
        "explore" or "onboard" or "propose" => $"openspec-{workflow}",
        _ => null,
    };

    /// <summary>What a profile installs. Whoever archives also needs <c>sync</c>.</summary>
    /// <exception cref="OpenSpecFailure">The settings hold no list.</exception>
    internal static List<string> Of(object profile, object? custom)
    {
        if (profile is not "custom")
            return [.. Profiles.Core];
        if (custom is not (null or List<object?>))
            throw new OpenSpecFailure("workflows.findIndex is not a function");
        return WithSync([.. (custom as List<object?> ?? []).OfType<string>()]);
    }

    internal static List<string> WithSync(List<string> workflows)
    {
        var archive = workflows.FindIndex(static workflow => workflow is "archive" or "bulk-archive");
        if (archive >= 0 && !workflows.Contains("sync"))
            workflows.Insert(archive, "sync");
        return workflows;
    }

    /// <summary>The same without words that are no workflows.</summary>
    internal static List<string> Known(IEnumerable<string> workflows) => [.. workflows.Where(static workflow => Skill(workflow) is not null)];

    internal static Delivery DeliveryOf(GlobalConfig config) => config.Delivery switch
    {
        "both" => Delivery.Both,
        "skills" => Delivery.Skills,
        "commands" => Delivery.Commands,
        _ => Delivery.Unknown,
    };
}
