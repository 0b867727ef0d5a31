using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What <c>init</c> was told.</summary>
internal sealed class InitOptions(Session session, string? tools)
{
    internal string? Tools { get; } = tools;

    internal bool Force { get; } = session.Command.Has("--force");

    internal string? Profile { get; } = session.Command.Value("--profile");

    /// <summary>Whether questions can be asked: somebody is there, and has not said what to set up.</summary>
    internal bool MayAsk { get; } = tools is null && session.HasSomebodyToAsk;

    /// <summary>What was said about GitHub's own agent; the last word counts.</summary>
    internal bool? Cloud { get; } = session.Command.Options.LastOrDefault(static option => option.Name is "--copilot-cloud" or "--no-copilot-cloud").Name switch
    {
        "--copilot-cloud" => true,
        "--no-copilot-cloud" => false,
        _ => null,
    };

    internal Delivery Delivery => Workflows.DeliveryOf(GlobalConfig.Read(session));

    internal void CheckProfile()
    {
        if (Profile is not (null or "core" or "custom"))
            throw new OpenSpecFailure($"Invalid profile \"{Profile}\". Available profiles: core, custom");
    }

    internal List<string> ActiveWorkflows()
    {
        var config = GlobalConfig.Read(session);
        return Workflows.Of(Profile ?? config.Profile, config.Workflows);
    }
}
