using System.Globalization;

namespace Obs.Core.Engine;

/// <summary>Which thread of a layout runs on which core when threads are pinned, and which layout suits a machine.</summary>
/// <param name="Intake">Core of the thread that reads, journals and decodes; in the fused layout the engine's thread does that. Null = not pinned.</param>
/// <param name="Engine">Core of the thread from book to paper venue.</param>
/// <param name="Background">Core of the thread that does the model's background part.</param>
/// <param name="Outputs">Core of the thread that writes files and logs.</param>
internal readonly record struct ThreadPlan(int? Intake, int? Engine, int? Background, int? Outputs)
{
    /// <summary>Cores from which on four threads of their own pay.</summary>
    public const int SplitCores = 4;

    /// <summary>The layout that suits a number of cores: with fewer than four, threads that spin take each other's core.</summary>
    public static string DefaultLayout(int cores) => cores >= SplitCores ? "split" : "fused";

    /// <summary>The plan of a layout. A core never gets two threads that spin: where cores are short, outputs float first, then the background.</summary>
    /// <param name="isSplit">Layout split.</param>
    /// <param name="cores">Cores there are.</param>
    public static ThreadPlan Of(bool isSplit, int cores)
    {
        if (!isSplit)
            return new ThreadPlan(null, 0, null, null);
        return new ThreadPlan(At(0), At(1), At(2), At(3));

        int? At(int core) => core < cores && cores > 1 ? core : null;
    }

    /// <summary>The plan in words.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"intake {Word(Intake)}, engine {Word(Engine)}, model background {Word(Background)}, outputs {Word(Outputs)}");

    private static string Word(int? core) => core is { } number ? "core " + number.ToString(CultureInfo.InvariantCulture) : "any core";
}
