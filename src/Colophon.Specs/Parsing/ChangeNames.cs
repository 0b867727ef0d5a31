namespace Colophon.Specs.Parsing;

/// <summary>OpenSpec's rules for the name of a new change.</summary>
internal static class ChangeNames
{
    private const int Longest = 200;

    /// <summary>What is wrong with a name, in OpenSpec's words, or null.</summary>
    internal static string? Problem(string name)
    {
        if (name.Length == 0)
            return "Missing required argument <name>";
        if (name.Length > Longest)
            return "Change name is too long (200 characters max)";
        if (KebabName.Is(name))
            return null;
        return name.AsSpan().ContainsAnyInRange('A', 'Z') ? "Change name must be lowercase (use kebab-case)"
            : name.Any(Js.IsSpace) ? "Change name cannot contain spaces (use hyphens instead)"
            : name.Contains('_') ? "Change name cannot contain underscores (use hyphens instead)"
            : name.StartsWith('-') ? "Change name cannot start with a hyphen"
            : name.EndsWith('-') ? "Change name cannot end with a hyphen"
            : name.Contains("--", StringComparison.Ordinal) ? "Change name cannot contain consecutive hyphens"
            : "Change name can only contain lowercase letters, numbers, and hyphens";
    }
}
