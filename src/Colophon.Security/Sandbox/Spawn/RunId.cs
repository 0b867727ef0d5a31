using System.Security.Cryptography;

namespace Colophon.Security.Sandbox.Spawn;

/// <summary>The mark that the processes of one command carry in their environment.</summary>
internal static class RunId
{
    /// <summary>A fresh one that nobody can guess.</summary>
    internal static string New() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
