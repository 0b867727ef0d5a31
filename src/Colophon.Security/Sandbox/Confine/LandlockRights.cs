namespace Colophon.Security.Sandbox.Confine;

/// <summary>The file rights of <c>linux/landlock.h</c>.</summary>
[Flags]
internal enum LandlockRights : ulong
{
    None = 0,
    Execute = 1 << 0,
    WriteFile = 1 << 1,
    ReadFile = 1 << 2,
    ReadDirectory = 1 << 3,
    RemoveDirectory = 1 << 4,
    RemoveFile = 1 << 5,
    MakeCharacterDevice = 1 << 6,
    MakeDirectory = 1 << 7,
    MakeFile = 1 << 8,
    MakeSocket = 1 << 9,
    MakeFifo = 1 << 10,
    MakeBlockDevice = 1 << 11,
    MakeLink = 1 << 12,
    Refer = 1 << 13,
    Truncate = 1 << 14,
    DeviceControl = 1 << 15,

    /// <summary>Rights that a rule on a file, rather than a folder, may hold.</summary>
    OnFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl,

    /// <summary>Look, read and run.</summary>
    Read = Execute | ReadFile | ReadDirectory,

    /// <summary>Everything but device nodes and sockets: with those a privileged user could reach past the folder.</summary>
    Write = Read | WriteFile | RemoveDirectory | RemoveFile | MakeDirectory | MakeFile | MakeFifo | MakeLink | Refer | Truncate,

    /// <summary>Use a harmless device such as <c>/dev/null</c>.</summary>
    Device = ReadFile | WriteFile | Truncate | DeviceControl,
}
