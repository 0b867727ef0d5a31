using System.Text;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>The texts call a command <c>/opsx:apply</c>; every tool spells that in its own way, or has a skill in its place.</summary>
internal static class References
{
    private const string Written = "/opsx:";

    /// <summary>The text with commands spelled as the tool's command files answer to.</summary>
    internal static string AsCommands(string text, Invocation invocation) =>
        invocation.Differs ? Rewrite(text, (workflow, _) => invocation.Of(workflow)) : text;

    /// <summary>The text with skills in the place of commands, spelled as the tool wants it.</summary>
    internal static string AsSkills(string text, AiTool? tool) => tool?.Id switch
    {
        "rovodev" or "codeassistant" => Rewrite(text, static (_, skill) => $"the {skill} skill"),
        "kimi" => Rewrite(text, static (_, skill) => $"/skill:{skill}"),
        "codex" => Rewrite(text, static (_, skill) => $"${skill}"),
        _ => Rewrite(text, static (_, skill) => $"/{skill}"),
    };

    /// <summary>Whether a tool is told of a skill in prose.</summary>
    internal static bool ArePhrases(AiTool tool) => tool.Id is "rovodev" or "codeassistant";

    /// <summary>What a skill's text becomes for a tool.</summary>
    internal static string ForSkill(string text, AiTool tool, Delivery delivery)
    {
        if (delivery == Delivery.Skills || tool.Commands is not { } commands)
        {
            return tool.Id == "codex"
                ? Rewrite(text, static (_, skill) => $"${skill} (Codex) or /{skill} (other agents)")
                : AsSkills(text, tool);
        }

        // Only one of Devin's two programs reads its commands; both read its skills.
        return tool.Id == "devin" && delivery == Delivery.Both ? AsSkills(text, tool) : AsCommands(text, commands.Invocation);
    }

    private static string Rewrite(string text, Func<string, string, string> spell)
    {
        if (!text.Contains(Written, StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length + 64);
        var at = 0;
        while (text.IndexOf(Written, at, StringComparison.Ordinal) is >= 0 and var found)
        {
            var end = found + Written.Length;
            while (end < text.Length && text[end] is (>= 'a' and <= 'z') or '-')
                end++;
            var workflow = text[(found + Written.Length)..end];
            result.Append(text, at, found - at);
            if (Workflows.Skill(workflow) is { } skill)
                result.Append(spell(workflow, skill));
            else
                result.Append(text, found, end - found);
            at = end;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
