namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary>Which keys <c>config set</c> takes.</summary>
internal static class ConfigKeys
{
    private static readonly string[] s_known = ["featureFlags", "profile", "delivery", "workflows", "defaultStore", "telemetry"];

    /// <summary>Whether a part of the key means more to the CLI's language than a name; such a key is never written.</summary>
    internal static bool IsUnsafe(string key) => Array.Exists(key.Split('.'), IsUnsafePart);

    /// <summary>Why the key is not one that can be set, or null.</summary>
    internal static string? Problem(string key)
    {
        var parts = key.Split('.');
        if (Array.Exists(parts, static part => Parsing.Js.IsBlank(part)))
            return "Key path must not be empty";
        if (Array.Find(parts, IsUnsafePart) is { } part)
            return $"Key segment \"{part}\" is not allowed";
        if (Array.IndexOf(s_known, parts[0]) < 0)
            return $"Unknown top-level key \"{parts[0]}\"";
        return parts[0] switch
        {
            "featureFlags" => parts.Length > 2 ? "featureFlags values are booleans and do not support nested keys" : null,
            "telemetry" when parts.Length == 1 => "Set nested keys under telemetry (e.g. telemetry.enabled)",
            "telemetry" => parts is [_, "enabled"] ? null : $"Unknown telemetry key \"{string.Join('.', parts[1..])}\" (allowed: enabled)",
            var root => parts.Length > 1 ? $"\"{root}\" does not support nested keys" : null,
        };
    }

    private static bool IsUnsafePart(string part) => part is "__proto__" or "constructor" or "prototype";
}
