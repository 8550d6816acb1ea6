using System;
using System.Runtime.InteropServices;

namespace Obs.Cli;

/// <summary>Lets a command end on SIGINT also where it was started as a script's background job.</summary>
/// <remarks>A shell without job control starts what stands before <c>&amp;</c> with SIGINT ignored, and .NET then leaves it ignored: <c>kill -INT</c> would
/// not stop a run, and the summary it ends with would never come.</remarks>
internal static partial class InterruptSignal
{
    private const int Interrupt = 2;
    private const nint Default = 0;

    /// <summary>Undoes an inherited "ignore". Before the first use of the console.</summary>
    public static void Obey()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetHandler(Interrupt, Default);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
