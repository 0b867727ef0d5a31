using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>A file that is written for a tool.</summary>
/// <param name="Path">Where, in the project or in the tool's folder of skills.</param>
/// <param name="Text">All of it.</param>
internal readonly record struct GeneratedFile(string Path, string Text);

/// <summary>What is written for a tool, from the package's texts.</summary>
internal static class GeneratedFiles
{
    private const string AllowedTools = "Bash(openspec:*)";

    /// <summary>The skills, by their paths below the folder of skills.</summary>
    internal static IEnumerable<GeneratedFile> Skills(AiTool tool, IReadOnlyCollection<string> workflows, Delivery delivery)
    {
        foreach (var text in WorkflowText.Of(workflows))
        {
            var body = References.ForSkill(OptionalPassages.Resolve(text.Skill, workflows), tool, delivery);
            yield return new GeneratedFile(
                $"{text.SkillName}/SKILL.md",
                $"""
                ---
                name: {text.SkillName}
                description: {text.SkillDescription}
                allowed-tools: {AllowedTools}
                license: MIT
                compatibility: Requires openspec CLI.
                metadata:
                  author: openspec
                  version: "1.0"
                  generatedBy: "{OpenSpecProgram.Version}"
                ---

                {body}

                """);
        }
    }

    /// <summary>The commands, by their paths in the project; none for a tool that has no command files.</summary>
    internal static IEnumerable<GeneratedFile> Commands(AiTool tool, IReadOnlyCollection<string> workflows)
    {
        if (tool.Commands is not { } files)
            yield break;
        foreach (var text in WorkflowText.Of(workflows))
        {
            var body = References.AsCommands(OptionalPassages.Resolve(text.Command, workflows), files.Invocation);
            body = ArgumentLines.Add(body, files.Arguments);
            yield return new GeneratedFile(files.PathOf(text.Id), Format(files, text, body));
        }
    }

    private static string Format(CommandFiles files, WorkflowText text, string body) => files.Format switch
    {
        CommandFormat.Heading => $"# {text.CommandName}\n\n{text.CommandDescription}\n\n{body}\n",
        CommandFormat.Plain => $"{body}\n",
        CommandFormat.Toml => $"description = \"{Quoting.TomlLine(text.CommandDescription)}\"\n\nprompt = \"\"\"\n{Quoting.TomlText(body)}\n\"\"\"\n",
        _ => FrontMatter(files, text, body),
    };

    private static string FrontMatter(CommandFiles files, WorkflowText text, string body)
    {
        var lines = files.Fields.Split(' ').Select(field => field switch
        {
            "name" => $"name: {Quoting.Yaml(text.CommandName)}",
            "opsx-id" => $"name: {Quoting.Yaml($"opsx-{text.Id}")}",
            "slash-id" => $"name: {Quoting.Yaml($"/opsx-{text.Id}")}",
            "id" => $"id: {Quoting.Yaml($"opsx-{text.Id}")}",
            "description" => $"description: {Quoting.Yaml(text.CommandDescription)}",
            "category" => $"category: {Quoting.Yaml(text.Category)}",
            "tags" => $"tags: [{string.Join(", ", text.Tags.Select(Quoting.Yaml))}]",
            "allowed-tools" => $"allowed-tools: {AllowedTools}",
            "hint" => "argument-hint: command arguments",
            "quoted-hint" => "argument-hint: \"[command arguments]\"",
            _ => "invokable: true",
        });
        // Small models take the name of a prompt for a tool to call.
        var note = files.Fields.Contains("invokable", StringComparison.Ordinal)
            ? "This workflow prompt is already active. Follow its instructions directly. Do not call a tool named after this workflow.\n\n"
            : "";
        return $"---\n{string.Join('\n', lines)}\n---\n\n{note}{body}\n";
    }
}
