using System.Runtime.CompilerServices;

namespace Colophon.Models.Tests.Doubles;

public static class TaskExtensions
{
    /// <summary>A yield as a task, to be awaited beside others.</summary>
    public static async Task AsTask(this YieldAwaitable yield) => await yield;
}
