namespace Colophon.Specs.OpenSpec;

/// <summary>Where OpenSpec keeps what belongs to a person, by the XDG rules.</summary>
internal static class UserFolders
{
    internal static string Home(Session session) =>
        session.Variable("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    internal static string Configuration(Session session) => $"{Base(session, "XDG_CONFIG_HOME", ".config")}/openspec";

    internal static string Data(Session session) => $"{Base(session, "XDG_DATA_HOME", ".local/share")}/openspec";

    private static string Base(Session session, string variable, string fallback)
    {
        var folder = session.Variable(variable) is { Length: > 0 } set ? set : $"{Home(session)}/{fallback}";
        return folder[0] == '/' ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : folder;
    }
}
