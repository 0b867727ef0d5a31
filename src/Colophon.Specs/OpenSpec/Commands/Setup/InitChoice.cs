using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Tools;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>A tool that is set up in this run.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="WasConfigured">Whether it was before.</param>
/// <param name="WritesSkills">Whether the folder of skills is written for it.</param>
internal readonly record struct ChosenTool(AiTool Tool, bool WasConfigured, bool WritesSkills);

/// <summary>Which tools are set up: the option, what the project shows, or an answer.</summary>
internal sealed class InitChoice(Installation install, InitOptions options, HashSet<string> configured)
{
    private static readonly string[] s_ids = [.. ToolTable.All.Select(static tool => tool.Id)];

    private static readonly string s_hint = $"Tool not listed? Use --tools {ToolTable.Universal}: the vendor-neutral target that writes .agents/skills/ for any assistant.";

    /// <summary>The tools' ids.</summary>
    /// <exception cref="OpenSpecFailure">Nothing was chosen, or what there is not.</exception>
    internal string[] Ids(bool extends, List<AiTool> detected)
    {
        if (options.Tools is { } given)
            return Parse(given);
        if (options.MayAsk)
            return Ask(extends, detected);
        if (detected.Count > 0)
            return [.. detected.Select(static tool => tool.Id)];
        throw new OpenSpecFailure(
            $"No tools detected and no --tools flag provided. Valid tools:\n  {string.Join("\n  ", s_ids)}\n\nUse --tools all, --tools none, or --tools claude,cursor,...\n{s_hint}");
    }

    /// <summary>The tools with those that own a folder which one of them shares.</summary>
    internal List<ChosenTool> Tools(string[] ids)
    {
        var tools = ids.Select(ToolTable.Find).OfType<AiTool>().ToList();
        var delivery = options.Delivery;
        foreach (var tool in tools.ToList())
        {
            if (tool.SkillsRoot is null || tool.Id == "codex" || !tool.GetsSkills(delivery) || install.Shared.OtherOwner(tool) is not { } owner || !configured.Contains(owner))
                continue;
            if (ToolTable.Find(owner) is { } other && !tools.Contains(other))
                tools.Add(other);
        }

        var writers = install.Shared.Writers(tools);
        var session = install.Files.Session;
        foreach (var group in tools.Where(static tool => tool.SkillsRoot is not null).GroupBy(static tool => tool.SkillsRoot).Where(static group => group.Count() > 1))
        {
            var writer = group.First(tool => writers.Contains(tool.Id));
            session.Line(session.Paint(Color.Dim, $"{string.Join(", ", group.Select(static tool => tool.Name))} share {group.Key}/skills; writing one tree for {writer.Id}."));
        }

        return tools.ConvertAll(tool => new ChosenTool(tool, configured.Contains(tool.Id), tool.SkillsRoot is null || writers.Contains(tool.Id)));
    }

    private static string[] Parse(string given)
    {
        var raw = Js.Trim(given).ToString();
        if (raw.Length == 0)
            throw new OpenSpecFailure("The --tools option requires a value. Use \"all\", \"none\", or a comma-separated list of tool IDs.");
        switch (Js.ToLower(raw))
        {
            case "all":
                return s_ids;
            case "none":
                return [];
        }

        var tokens = raw.Split(',').Select(static token => Js.Trim(token).ToString()).Where(static token => token.Length > 0).ToList();
        if (tokens.Count == 0)
            throw new OpenSpecFailure("The --tools option requires at least one tool ID when not using \"all\" or \"none\".");
        var ids = tokens.ConvertAll(static token => ToolTable.Current(Js.ToLower(token)));
        if (ids.Exists(static id => id is "all" or "none"))
            throw new OpenSpecFailure("Cannot combine reserved values \"all\" or \"none\" with specific tool IDs.");
        var unknown = tokens.Where((_, index) => !s_ids.Contains(ids[index])).ToList();
        if (unknown.Count > 0)
            throw new OpenSpecFailure($"Invalid tool(s): {string.Join(", ", unknown)}. Available values: all, none, {string.Join(", ", s_ids)}\n{s_hint}");
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A numbered list, those that are set up or found marked.</summary>
    private string[] Ask(bool extends, List<AiTool> detected)
    {
        var session = install.Files.Session;
        var preselect = !extends && configured.Count == 0;
        var known = Array.FindAll(ToolTable.All, tool => configured.Contains(tool.Id));
        var found = detected.FindAll(tool => !configured.Contains(tool.Id));
        if (known.Length > 0)
            session.Line($"OpenSpec configured: {string.Join(", ", known.Select(static tool => tool.Name))} (pre-selected)");
        if (found.Count > 0)
            session.Line($"Detected tool directories: {string.Join(", ", found.Select(static tool => tool.Name))} ({(preselect ? "pre-selected for first-time setup" : "not pre-selected")})");
        var marked = Array.FindAll(s_ids, id => configured.Contains(id) || (preselect && found.Exists(tool => tool.Id == id)));
        var choices = Array.ConvertAll(ToolTable.All, static tool => new Choice(tool.Id, tool.Name));
        var chosen = Prompt.SelectMany(session, $"Select tools to set up ({choices.Length} available)", choices, marked);
        return chosen is { Count: > 0 } ? [.. chosen] : throw new OpenSpecFailure("At least one tool must be selected");
    }
}
