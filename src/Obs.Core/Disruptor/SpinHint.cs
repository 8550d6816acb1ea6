using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Tells the core that this thread only waits.</summary>
internal static class SpinHint
{
    /// <summary>One pause instruction, some ten to a hundred cycles by processor; a short spin elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
        else
            Thread.SpinWait(1);
    }
}
