using System.Threading;
using Obs.Core.Disruptor;

namespace Obs.Core.Engine;

/// <summary>Waiting and the choice of it.</summary>
internal static class LoopWaits
{
    private const int LongSpins = 20_000;
    private const int LongSpinIterations = 5;
    private const int ShortSpins = 200;
    private const int ShortSpinIterations = 20;

    /// <summary>The wait of a loop that waits for records: spinning needs a core for each thread that does it.</summary>
    /// <param name="isSplit">Layout split; fused has one such thread, and leaves its core to others in long pauses.</param>
    /// <param name="cores">Cores there are.</param>
    public static LoopWait Live(bool isSplit, int cores) => !isSplit ? LoopWait.Yield : cores >= ThreadPlan.SplitCores ? LoopWait.Spin : LoopWait.Sleep;

    /// <summary>Waits until looking again is worth while.</summary>
    /// <param name="wait">How.</param>
    /// <param name="idle">Looks in vain since there was work; from 0.</param>
    public static void Pause(this LoopWait wait, int idle)
    {
        switch (wait)
        {
            case LoopWait.Spin:
                SpinHint.Pause();
                break;
            case LoopWait.Sleep:
                SleepingWaitStrategy.Create().Wait(idle, ticket: 0);
                break;
            case LoopWait.SpinThenYield when idle < LongSpins:
                Thread.SpinWait(LongSpinIterations);
                break;
            case LoopWait.Yield when idle < ShortSpins:
                Thread.SpinWait(ShortSpinIterations);
                break;
            default:
                Thread.Yield();
                break;
        }
    }

    /// <summary>One more look in vain, without end.</summary>
    public static int After(int idle) => idle == int.MaxValue ? idle : idle + 1;
}
