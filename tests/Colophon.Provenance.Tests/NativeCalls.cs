using System.Runtime.InteropServices;

namespace Colophon.Provenance.Tests;

internal static partial class NativeCalls
{
    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakePipe(string path, uint mode);
}
