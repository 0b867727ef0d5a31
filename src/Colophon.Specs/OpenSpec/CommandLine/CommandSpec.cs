namespace Colophon.Specs.OpenSpec.CommandLine;

/// <summary>A command of the program, or the program itself.</summary>
internal sealed record CommandSpec(string Name, string Description)
{
    internal string? Alias { get; init; }

    /// <summary>Not shown in help.</summary>
    internal bool Hidden { get; init; }

    /// <summary>Whether the command does something of its own; a group without shows its help.</summary>
    internal bool HasAction { get; init; } = true;

    /// <summary>Options it does not know are arguments to it.</summary>
    internal bool AllowsUnknown { get; init; }

    /// <summary>Arguments it does not know are not an error.</summary>
    internal bool AllowsExcess { get; init; }

    internal ArgumentSpec[] Arguments { get; init; } = [];

    internal OptionSpec[] Options { get; init; } = [];

    internal CommandSpec[] Commands { get; init; } = [];

    /// <summary>A group without an action has a <c>help</c> command.</summary>
    internal bool HasHelpCommand => Commands.Length > 0 && !HasAction;

    internal CommandSpec? Find(string? name) => Array.Find(Commands, command => command.Name == name || (command.Alias is not null && command.Alias == name));

    internal OptionSpec? FindOption(ReadOnlySpan<char> flag)
    {
        foreach (var option in Options)
        {
            if (flag.SequenceEqual(option.Long) || (option.Short is { } letter && flag.SequenceEqual(letter)))
                return option;
        }

        return null;
    }
}

/// <summary>A positional argument.</summary>
internal sealed record ArgumentSpec(string Name, bool Required)
{
    internal string Label => Required ? $"<{Name}>" : $"[{Name}]";
}

/// <summary>An option, named by its flags as help shows them: <c>-y, --yes</c>, <c>--type &lt;type&gt;</c>.</summary>
internal sealed record OptionSpec(string Flags, string Description)
{
    internal static readonly OptionSpec Store = new("--store <id>", "Store id to use as the OpenSpec root (a store is a standalone OpenSpec repo you've registered)");

    internal static readonly OptionSpec StorePath = new("--store-path <path>", "") { Hidden = true };

    internal static readonly OptionSpec Help = new("-h, --help", "display help for command");

    internal bool Hidden { get; init; }

    /// <summary>Collects every value that follows.</summary>
    internal bool Variadic { get; init; }

    internal string? Default { get; init; }

    internal bool TakesValue { get; } = Flags.Contains('<');

    internal string? Short { get; } = Flags.StartsWith("--", StringComparison.Ordinal) ? null : Flags[..2];

    internal string Long { get; } = Flags[Flags.IndexOf("--", StringComparison.Ordinal)..].Split(' ')[0];

    internal string HelpText => Default is null ? Description : $"{Description} (default: \"{Default}\")";
}
