namespace Colophon.Specs.OpenSpec.Setup.Tools;

/// <summary>An assistant that OpenSpec can be set up for.</summary>
/// <param name="Id">What <c>--tools</c> calls it.</param>
/// <param name="Name">What people call it.</param>
internal sealed record AiTool(string Id, string Name)
{
    /// <summary>The folder of the project whose <c>skills</c> it reads; null where it reads the person's.</summary>
    internal string? SkillsRoot { get; init; }

    /// <summary>The folder below the person's home whose <c>skills</c> it reads.</summary>
    internal string? HomeSkillsRoot { get; init; }

    /// <summary>Folders that it read before.</summary>
    internal string[] FormerSkillsRoots { get; init; } = [];

    /// <summary>Files and folders that show that a project uses it; without any, its skills root does.</summary>
    internal string[] Signs { get; init; } = [];

    /// <summary>Whether it loads files once, when the editor starts.</summary>
    internal bool LivesInEditor { get; init; }

    /// <summary>What a person has to do by hand.</summary>
    internal string? SetupNote { get; init; }

    /// <summary>Its command files, or null where it has none.</summary>
    internal CommandFiles? Commands { get; init; }

    internal CommandSurface Surface => Commands is not null ? CommandSurface.Files : Id == "codex" ? CommandSurface.Skills : CommandSurface.None;

    internal bool GetsSkills(Delivery delivery) => delivery != Delivery.Commands || Surface == CommandSurface.Skills;

    internal bool LosesSkills(Delivery delivery) => !GetsSkills(delivery);

    internal bool GetsCommands(Delivery delivery) => delivery != Delivery.Skills && Surface == CommandSurface.Files;

    internal bool LosesCommands(Delivery delivery) => delivery == Delivery.Skills && Surface == CommandSurface.Files;
}
