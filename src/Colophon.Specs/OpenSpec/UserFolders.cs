namespace Colophon.Specs.OpenSpec;

/// <summary>Where OpenSpec keeps what belongs to a person, by the XDG rules.</summary>
internal static class UserFolders
{
    internal static string Configuration(Session session) => $"{Base(session, "XDG_CONFIG_HOME", ".config")}/openspec";

    internal static string Data(Session session) => $"{Base(session, "XDG_DATA_HOME", ".local/share")}/openspec";

    private static string Base(Session session, string variable, string fallback) =>
        session.Variable(variable) is { Length: > 0 } set ? set : $"{session.Variable("HOME")}/{fallback}";
}
