namespace Colophon.Specs.OpenSpec.Setup.Tools;

/// <summary>The assistants that OpenSpec 1.13.2 knows, in its order.</summary>
internal static class ToolTable
{
    /// <summary>The one for every assistant that is not in the list.</summary>
    internal const string Universal = "agents";

    internal static readonly AiTool[] All =
    [
        new("amazon-q", "Amazon Q Developer")
        {
            SkillsRoot = ".amazonq",
            LivesInEditor = true,
            Commands = new(".amazonq/prompts/opsx-*.md") { Fields = "description", Prefix = "@" },
        },
        new("antigravity", "Antigravity")
        {
            SkillsRoot = ".agents",
            FormerSkillsRoots = [".agent"],
            Signs = [".agent", ".agents/workflows"],
            LivesInEditor = true,
            Commands = new(".agents/workflows/opsx-*.md") { Fields = "description" },
        },
        new("auggie", "Auggie (Augment CLI)") { SkillsRoot = ".augment", Commands = new(".augment/commands/opsx-*.md") { Fields = "description hint" } },
        new("bob", "Bob Shell") { SkillsRoot = ".bob", Commands = new(".bob/commands/opsx-*.md") { Fields = "description hint" } },
        new("claude", "Claude Code") { SkillsRoot = ".claude", Commands = new(".claude/commands/opsx/*.md") { Fields = "name description allowed-tools category tags" } },
        new("cline", "Cline") { SkillsRoot = ".cline", LivesInEditor = true, Commands = new(".clinerules/workflows/opsx-*.md") { Format = CommandFormat.Heading } },
        new("command-code", "Command Code")
        {
            SkillsRoot = ".commandcode",
            Commands = new(".commandcode/commands/opsx-*.md") { Format = CommandFormat.Plain, Arguments = ArgumentStyle.CommandCode },
        },
        new("codeartsagent", "CodeArts") { SkillsRoot = ".codeartsdoer" },
        new("codex", "Codex") { SkillsRoot = ".agents", FormerSkillsRoots = [".codex"], Signs = [".agents/skills", ".codex/skills"] },
        new("devin", "Devin Desktop (formerly Windsurf)")
        {
            SkillsRoot = ".devin",
            Signs = [".devin", ".windsurf"],
            LivesInEditor = true,
            Commands = new(".devin/workflows/opsx-*.md") { Fields = "name description category tags" },
        },
        new("forgecode", "ForgeCode") { SkillsRoot = ".forge" },
        new("codebuddy", "CodeBuddy Code (CLI)") { SkillsRoot = ".codebuddy", Commands = new(".codebuddy/commands/opsx/*.md") { Fields = "name description quoted-hint" } },
        new("continue", "Continue")
        {
            SkillsRoot = ".continue",
            LivesInEditor = true,
            Commands = new(".continue/prompts/opsx-*.prompt") { Fields = "opsx-id description invokable" },
        },
        new("costrict", "CoStrict") { SkillsRoot = ".cospec", LivesInEditor = true, Commands = new(".cospec/openspec/commands/opsx-*.md") { Fields = "description hint" } },
        new("crush", "Crush") { SkillsRoot = ".crush", Commands = new(".crush/commands/opsx/*.md") { Fields = "name description category tags" } },
        new("cursor", "Cursor") { SkillsRoot = ".cursor", LivesInEditor = true, Commands = new(".cursor/commands/opsx-*.md") { Fields = "slash-id id category description" } },
        new("factory", "Factory Droid") { SkillsRoot = ".factory", Commands = new(".factory/commands/opsx-*.md") { Fields = "description hint" } },
        new("gemini", "Gemini CLI") { SkillsRoot = ".gemini", Commands = new(".gemini/commands/opsx/*.toml") { Format = CommandFormat.Toml } },
        new("github-copilot", "GitHub Copilot")
        {
            SkillsRoot = ".github",
            Signs = [".github/copilot-instructions.md", ".github/instructions", ".github/workflows/copilot-setup-steps.yml", ".github/prompts", ".github/agents", ".github/skills", ".github/.mcp.json"],
            LivesInEditor = true,
            Commands = new(".github/prompts/opsx-*.prompt.md") { Fields = "description" },
        },
        new("hermes", "Hermes Agent")
        {
            SkillsRoot = ".hermes",
            Signs = [".hermes", "HERMES.md", ".hermes.md"],
            SetupNote = "Hermes only loads skills from ~/.hermes/skills by default. Add this project's .hermes/skills directory to skills.external_dirs in ~/.hermes/config.yaml so Hermes picks up the generated OpenSpec skills.",
        },
        new("iflow", "iFlow") { SkillsRoot = ".iflow", Commands = new(".iflow/commands/opsx-*.md") { Fields = "slash-id id category description" } },
        new("junie", "Junie") { SkillsRoot = ".junie", LivesInEditor = true, Commands = new(".junie/commands/opsx-*.md") { Fields = "description" } },
        new("kilocode", "Kilo Code") { SkillsRoot = ".kilocode", LivesInEditor = true, Commands = new(".kilo/command/opsx-*.md") { Format = CommandFormat.Plain } },
        new("kimi", "Kimi Code") { SkillsRoot = ".kimi-code", Signs = [".kimi-code", ".kimi"] },
        new("kiro", "Kiro") { SkillsRoot = ".kiro", LivesInEditor = true, Commands = new(".kiro/prompts/opsx-*.prompt.md") { Fields = "description" } },
        new("lingma", "Lingma") { SkillsRoot = ".lingma", LivesInEditor = true, Commands = new(".lingma/commands/opsx/*.md") { Fields = "name description category tags" } },
        new("minimax-code", "MiniMax Code") { HomeSkillsRoot = ".minimax" },
        new("vibe", "Mistral Vibe") { SkillsRoot = ".vibe" },
        new("oh-my-pi", "Oh My Pi") { SkillsRoot = ".omp", Commands = new(".omp/commands/opsx-*.md") { Fields = "description", Arguments = ArgumentStyle.Pi } },
        new("opencode", "OpenCode") { SkillsRoot = ".opencode", Commands = new(".opencode/commands/opsx-*.md") { Fields = "description", Arguments = ArgumentStyle.OpenCode } },
        new("pi", "Pi") { SkillsRoot = ".pi", Commands = new(".pi/prompts/opsx-*.md") { Fields = "description", Arguments = ArgumentStyle.Pi } },
        new("codeassistant", "SourceCraft Code Assistant") { SkillsRoot = ".codeassistant", Commands = new(".codeassistant/commands/opsx-*.md") { Fields = "description" } },
        new("qoder", "Qoder") { SkillsRoot = ".qoder", LivesInEditor = true, Commands = new(".qoder/commands/opsx/*.md") { Fields = "name description category tags" } },
        new("qwen", "Qwen Code") { SkillsRoot = ".qwen", Commands = new(".qwen/commands/opsx-*.md") { Fields = "description" } },
        new("rovodev", "Rovo Dev CLI") { SkillsRoot = ".rovodev", Signs = [".rovodev/skills", ".rovodev"] },
        new("roocode", "Zoo Code") { SkillsRoot = ".roo", LivesInEditor = true, Commands = new(".roo/commands/opsx-*.md") { Format = CommandFormat.Heading } },
        new("trae", "Trae") { SkillsRoot = ".trae", LivesInEditor = true, Commands = new(".trae/commands/opsx-*.md") { Fields = "name description" } },
        new("zed", "Zed Agent") { SkillsRoot = ".agents", Signs = [".zed", ".agents/skills"] },
        new("zcode", "ZCode") { SkillsRoot = ".zcode", Commands = new(".zcode/commands/opsx/*.md") { Fields = "name description category tags" } },
        new("agents", "Other / Universal (shared .agents skills)") { SkillsRoot = ".agents", Signs = [".agents/skills"] },
    ];

    internal static AiTool? Find(string? id) => Array.Find(All, tool => tool.Id == id);

    /// <summary>What a former id is called now.</summary>
    internal static string Current(string id) => id == "windsurf" ? "devin" : id;

    /// <summary>The tools whose skills lie in the same folder of the project.</summary>
    internal static AiTool[] Sharing(AiTool tool) => tool.SkillsRoot is null ? [] : Array.FindAll(All, other => other.SkillsRoot == tool.SkillsRoot);
}
