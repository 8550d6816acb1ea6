using System;
using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>Keeps a thread on one core, so that its caches and its clock stay with it.</summary>
internal static class ThreadAffinity
{
    private const int BitsPerWord = 64;

    /// <summary>Processors a mask can name: the kernel's own default set size.</summary>
    public const int MaxCpus = 1024;

    /// <summary>Pins the calling thread to a core. Linux only: elsewhere nothing happens and the answer is false.</summary>
    /// <param name="cpu">Number of the core from 0.</param>
    /// <returns>Whether the thread is pinned; false when the core does not exist, is not allowed to us, or the system cannot.</returns>
    public static bool TryPin(int cpu)
    {
        if (!OperatingSystem.IsLinux() || cpu is < 0 or >= MaxCpus)
            return false;
        CpuMask mask = default;
        mask[cpu / BitsPerWord] = 1UL << (cpu % BitsPerWord);
        return LinuxThread.SetAffinity(pid: 0, MaxCpus / 8, in mask[0]) == 0;
    }

    [InlineArray(MaxCpus / BitsPerWord)]
    private struct CpuMask
    {
        private ulong _word;
    }
}
