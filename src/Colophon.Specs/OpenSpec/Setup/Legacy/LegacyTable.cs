using Colophon.Specs.OpenSpec.Setup.Texts;

namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>Where versions before skills put a tool's commands: a folder of their own, or files among others.</summary>
/// <param name="Tool">The tool that they are for now.</param>
/// <param name="Folder">The folder, or null.</param>
/// <param name="Names">The folder's files, or paths in the project with <c>*</c> for any text in the last name.</param>
internal sealed record LegacyCommands(string Tool, string? Folder, string[] Names)
{
    private static readonly string[] s_markdown = ["proposal.md", "apply.md", "archive.md"];

    internal static readonly LegacyCommands[] All =
    [
        new("claude", ".claude/commands/openspec", s_markdown),
        new("codebuddy", ".codebuddy/commands/openspec", s_markdown),
        new("qoder", ".qoder/commands/openspec", s_markdown),
        new("lingma", ".lingma/commands/openspec", []),
        new("crush", ".crush/commands/openspec", s_markdown),
        new("gemini", ".gemini/commands/openspec", ["proposal.toml", "apply.toml", "archive.toml"]),
        new("cursor", null, [".cursor/commands/openspec-*.md"]),
        new("devin", null, [".windsurf/workflows/openspec-*.md"]),
        new("kilocode", null, [.. Workflows.All.Concat(["-proposal", "-apply", "-archive"]).Select(static name => $".kilocode/workflows/{(name[0] == '-' ? "openspec" : "opsx-")}{name}.md")]),
        new("kiro", null, [".kiro/prompts/openspec-*.prompt.md"]),
        new("github-copilot", null, [".github/prompts/openspec-*.prompt.md"]),
        new("amazon-q", null, [".amazonq/prompts/openspec-*.md"]),
        new("cline", null, [".clinerules/workflows/openspec-*.md"]),
        new("roocode", null, [".roo/commands/openspec-*.md"]),
        new("auggie", null, [".augment/commands/openspec-*.md"]),
        new("factory", null, [".factory/commands/openspec-*.md"]),
        new("opencode", null, [".opencode/command/opsx-*.md", ".opencode/command/openspec-*.md"]),
        new("continue", null, [".continue/prompts/openspec-*.prompt"]),
        new("antigravity", null, [".agent/workflows/openspec-*.md"]),
        new("iflow", null, [".iflow/commands/openspec-*.md"]),
        new("qwen", null, [".qwen/commands/opsx-*.toml", ".qwen/commands/openspec-*.toml"]),
        new("codex", null, [".codex/prompts/openspec-*.md"]),
        new("costrict", null, [".cospec/openspec/commands/openspec-*.md"]),
    ];

    /// <summary>Files of the project's root that held a block of ours.</summary>
    internal static readonly string[] BlockFiles = ["CLAUDE.md", "CLINE.md", "CODEBUDDY.md", "COSTRICT.md", "QODER.md", "IFLOW.md", "AGENTS.md", "QWEN.md"];
}
