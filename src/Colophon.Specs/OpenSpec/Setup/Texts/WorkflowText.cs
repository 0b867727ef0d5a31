using System.Text;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>
/// One workflow's texts as the package has them: a skill and a command that share most lines. A file of the package holds both; lines that only one of
/// them has stand between <c>[[skill]]</c> or <c>[[command]]</c> and <c>[[both]]</c>.
/// </summary>
internal sealed class WorkflowText
{
    private static readonly Dictionary<string, WorkflowText> s_read = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _head = new(StringComparer.Ordinal);

    private WorkflowText(string id, string file)
    {
        Id = id;
        var (skill, command) = (new StringBuilder(), new StringBuilder());
        var (inSkill, inCommand, inHead) = (true, true, true);
        foreach (var range in file.AsSpan(0, file.Length - 1).Split('\n'))
        {
            var line = file.AsSpan(range);
            if (inHead)
            {
                inHead = !line.IsEmpty;
                if (inHead)
                    ReadHead(line);
                continue;
            }

            switch (line)
            {
                case "[[skill]]":
                    (inSkill, inCommand) = (true, false);
                    continue;
                case "[[command]]":
                    (inSkill, inCommand) = (false, true);
                    continue;
                case "[[both]]":
                    (inSkill, inCommand) = (true, true);
                    continue;
                case "[[store-selection]]" or "[[project-root]]":
                    line = PackageFiles.Text($"workflows/shared-{line[2..^2]}.md").AsSpan().TrimEnd('\n');
                    break;
            }

            if (inSkill)
                skill.Append(line).Append('\n');
            if (inCommand)
                command.Append(line).Append('\n');
        }

        Skill = skill.ToString(0, skill.Length - 1);
        Command = command.ToString(0, command.Length - 1);
    }

    internal string Id { get; }

    internal string SkillName => _head["skill"];

    internal string SkillDescription => _head["skill-description"];

    internal string CommandName => _head["command"];

    internal string CommandDescription => _head["command-description"];

    internal string Category => _head["category"];

    internal string[] Tags => _head["tags"].Split(", ");

    /// <summary>The skill's text; what depends on other workflows being there is still open.</summary>
    internal string Skill { get; }

    /// <summary>The command's text, likewise.</summary>
    internal string Command { get; }

    /// <summary>The texts of the workflows asked for, in the order in which they are written.</summary>
    internal static IEnumerable<WorkflowText> Of(IReadOnlyCollection<string> workflows) => Workflows.InFileOrder.Where(workflows.Contains).Select(Read);

    private static WorkflowText Read(string id)
    {
        lock (s_read)
        {
            if (!s_read.TryGetValue(id, out var text))
                s_read.Add(id, text = new WorkflowText(id, PackageFiles.Text($"workflows/{id}.md")));
            return text;
        }
    }

    private void ReadHead(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(": ");
        _head.Add(line[..colon].ToString(), line[(colon + 2)..].ToString());
    }
}
