using Colophon.Specs.OpenSpec.Settings;

namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary><c>config …</c>: a person's settings for all projects.</summary>
internal static class ConfigCommand
{
    internal static void Run(Session session)
    {
        if (session.Command.Value("--scope") is { Length: > 0 } scope && scope != "global")
        {
            Refuse(session, "Error: Project-local config is not yet implemented");
            return;
        }

        switch (session.Command.Path)
        {
            case "config path":
                session.Line(GlobalConfig.PathOf(session));
                break;
            case "config list":
                List(session);
                break;
            case "config get":
                Get(session, session.Command.Arguments[0]);
                break;
            case "config set":
                Set(session, session.Command.Arguments[0], session.Command.Arguments[1]);
                break;
            case "config unset":
                Unset(session, session.Command.Arguments[0]);
                break;
            case "config reset":
                Reset(session);
                break;
            case "config edit":
                EditCommand.Run(session);
                break;
            default:
                ProfileCommand.Run(session);
                break;
        }
    }

    /// <summary>Says that a file which cannot be read is not written over.</summary>
    /// <returns>Whether it is one.</returns>
    internal static bool RefusesUnreadable(Session session)
    {
        if (!GlobalConfig.CannotBeRead(session))
            return false;
        Refuse(
            session,
            $"Error: {GlobalConfig.PathOf(session)} could not be parsed, so it was left unchanged.",
            "Fix it with \"openspec config edit\", or reset it with \"openspec config reset --all\".");
        return true;
    }

    internal static void Refuse(Session session, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            session.ErrorLine(line);
        session.ExitCode = 1;
    }

    private static void List(Session session)
    {
        var config = GlobalConfig.Read(session);
        if (session.Json)
        {
            session.WriteJson(json => JsonValue.Write(json, config.Merged));
            return;
        }

        string Origin(string key) => config.Stored?.ContainsKey(key) == true ? "(explicit)" : "(default)";
        session.Line(ConfigValues.Show(config.Merged));
        session.Line("\nProfile settings:");
        session.Line($"  profile: {ConfigValues.Text(config.Merged["profile"])} {Origin("profile")}");
        session.Line($"  delivery: {ConfigValues.Text(config.Merged["delivery"])} {Origin("delivery")}");
        session.Line(config.Merged["profile"] is "core" ? $"  workflows: {string.Join(", ", Profiles.Core)} (from core profile)"
            : config.Workflows is List<object?> { Count: > 0 } list ? $"  workflows: {string.Join(", ", list.Select(static item => item is null ? "" : ConfigValues.Text(item)))} (explicit)"
            : "  workflows: (none)");
    }

    private static void Get(Session session, string key)
    {
        if (!ConfigValues.TryGet(GlobalConfig.Read(session).Merged, key, out var value))
            session.ExitCode = 1;
        else
            session.Line(value is List<object?> or OrderedDictionary<string, object?> ? JsonValue.Compact(value) : ConfigValues.Text(value));
    }

    private static void Set(Session session, string key, string word)
    {
        var isAllowed = session.Command.Has("--allow-unknown");
        var isUnsafe = ConfigKeys.IsUnsafe(key);
        if (ConfigKeys.Problem(key) is { } problem && (!isAllowed || isUnsafe))
        {
            Refuse(session, $"Error: Invalid configuration key \"{key}\". {problem}.", "Use \"openspec config list\" to see available keys.");
            if (!isAllowed && !isUnsafe)
                session.ErrorLine("Pass --allow-unknown to bypass this check.");
            return;
        }

        if (RefusesUnreadable(session))
            return;
        var config = GlobalConfig.Read(session).Merged;
        var value = session.Command.Has("--string") ? word : ConfigValues.Coerce(word);
        ConfigValues.Set(config, key, value);
        if (ConfigRules.Check(config) is { } invalid)
        {
            Refuse(session, $"Error: Invalid configuration - {invalid}");
            return;
        }

        GlobalConfig.Save(session, config);
        session.Line($"Set {key} = {(value is string text ? $"\"{text}\"" : ConfigValues.Text(value))}");
    }

    private static void Unset(Session session, string key)
    {
        if (RefusesUnreadable(session))
            return;
        var config = GlobalConfig.Read(session).Merged;
        if (!ConfigValues.Remove(config, key))
        {
            session.Line($"Key \"{key}\" was not set");
            return;
        }

        GlobalConfig.Save(session, config);
        session.Line($"Unset {key} (reverted to default)");
    }

    private static void Reset(Session session)
    {
        if (!session.Command.Has("--all"))
        {
            Refuse(session, "Error: --all flag is required for reset", "Usage: openspec config reset --all [-y]");
            return;
        }

        if (!session.Command.Has("--yes") && Prompt.Confirm(session, "Reset all configuration to defaults?", false) is var confirmed and not true)
        {
            session.Line("Reset cancelled.");
            session.ExitCode = confirmed is null ? Prompt.Cancelled : 0;
            return;
        }

        GlobalConfig.Save(session, GlobalConfig.Defaults());
        session.Line("Configuration reset to defaults");
    }
}
