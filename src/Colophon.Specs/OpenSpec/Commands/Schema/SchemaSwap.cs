using System.Globalization;

namespace Colophon.Specs.OpenSpec.Commands.Schema;

/// <summary>Puts a finished folder in the place of another. What was there is moved aside first and comes back if anything fails.</summary>
internal static class SchemaSwap
{
    /// <summary>Makes a folder beside the schemas for what is being prepared.</summary>
    internal static string Stage(Session session, string schemas, string kind)
    {
        var folder = $"{schemas}/.{kind}-staging-{Token(session)}";
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Moves the staged folder to its destination.</summary>
    /// <exception cref="IOException">It could not be moved; the destination is as it was.</exception>
    internal static void Install(Session session, string staged, string destination, string kind)
    {
        if (!Directory.Exists(destination))
        {
            Directory.Move(staged, destination);
            return;
        }

        var backup = $"{destination}.{kind}-backup-{Token(session)}";
        Directory.Move(destination, backup);
        try
        {
            Directory.Move(staged, destination);
        }
        catch
        {
            Directory.Move(backup, destination);
            throw;
        }

        Directory.Delete(backup, recursive: true);
    }

    private static string Token(Session session) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{session.Host.Time.GetUtcNow().ToUnixTimeMilliseconds()}");
}
