using System;
using System.Threading;

namespace Obs.Core.Tests.Engine;

/// <summary>Random pauses that bring threads into orders they would rarely meet by themselves.</summary>
internal static class Jitter
{
    /// <summary>Mostly nothing, sometimes a short spin, now and then the core to others.</summary>
    public static void Pause(Random random)
    {
        int choice = random.Next(64);
        if (choice == 0)
            Thread.Yield();
        else if (choice < 8)
            Thread.SpinWait(random.Next(200));
    }
}
