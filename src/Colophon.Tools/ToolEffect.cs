namespace Colophon.Tools;

/// <summary>What a call may change. Calls that read run side by side; writes run alone, in the order the model gave.</summary>
public enum ToolEffect
{
    /// <summary>Changes nothing.</summary>
    ReadOnly,

    /// <summary>Changes files of the workspace, and nothing else.</summary>
    Writes,

    /// <summary>Runs a program: may read and change what the sandbox allows.</summary>
    Executes,
}
