using System;
using System.Diagnostics;
using System.Threading;

namespace Obs.Core.Tests.Engine;

/// <summary>Waits for another thread, but not for ever: what never happens is a failure that says what was waited for.</summary>
internal static class Soon
{
    /// <summary>No step of these tests takes longer, even on a machine that is busy.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Returns once the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static void Holds(Func<bool> condition, string what)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Limit)
                throw new TimeoutException($"not within {Limit}: {what}");
            Thread.Yield();
        }
    }

    /// <summary>Returns once the thread has ended.</summary>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static void Ends(Thread thread)
    {
        if (!thread.Join(Limit))
            throw new TimeoutException($"not within {Limit}: the end of {thread.Name}");
    }
}
