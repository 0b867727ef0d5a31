using Colophon.Cli.Terminals;
using Colophon.Specs;

namespace Colophon.Cli.Commands.Specs;

/// <summary>How a change's state is said.</summary>
internal static class StateText
{
    /// <summary>In words.</summary>
    public static string Of(ChangeState state) => state switch
    {
        ChangeState.Proposed => "proposed",
        ChangeState.InProgress => "in progress",
        ChangeState.ReadyToArchive => "ready to archive",
        _ => "archived",
    };

    /// <summary>For a program.</summary>
    public static string Id(ChangeState state) => Of(state).Replace(' ', '-');

    /// <summary>In colour.</summary>
    public static Style StyleOf(ChangeState state) => state switch
    {
        ChangeState.InProgress => Style.Yellow,
        ChangeState.ReadyToArchive => Style.Green,
        ChangeState.Archived => Style.Dim,
        _ => Style.Plain,
    };
}
