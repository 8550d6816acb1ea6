using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;
using Obs.Cli.Output;
using Obs.Core.Simulation;

namespace Obs.Cli.Commands;

/// <summary><c>obs generate</c>: a recording of the generated market, as fast as it can be written.</summary>
internal static class GenerateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "File to write; gzip when its name ends in .gz.", Required = true };
        Option<double> seconds = DurationOption.Create("--seconds", DurationOption.Seconds, 3_600, "Length in market time: seconds, or with a unit (2h).");
        Option<ulong> seed = new("--seed") { Description = "Seed; the same seed gives the same bytes.", DefaultValueFactory = static _ => 1 };
        Option<string> market = new("--market") { Description = "Market code.", DefaultValueFactory = static _ => "KRW-BTC" };
        Option<double> rate = new("--frames-per-second") { Description = "Mean frames a second.", DefaultValueFactory = static _ => Demonstration.FramesPerSecond };
        Option<double> moves = new("--moves-per-second") { Description = "How often quotes give way by a tick, a second.", DefaultValueFactory = static _ => Demonstration.MovesPerSecond };
        Option<bool> json = new("--json") { Description = "Print one JSON object on stdout." };
        Command command = new("generate", """
            Writes a recording of the generated market in Upbit's own frames, one `receive-time frame` a line, as replay and import read it.

            Example:
              obs generate --out made.gz --seconds 7200 --seed 7
              obs replay --venue upbit --input made.gz --strategy imbalance
            """) { output, seconds, seed, market, rate, moves, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(output)!, parsed.GetValue(seconds), parsed.GetValue(json), new MarketGeneratorOptions
            {
                Seed = parsed.GetValue(seed),
                Market = parsed.GetValue(market)!,
                FramesPerSecond = parsed.GetValue(rate),
                MovesPerSecond = parsed.GetValue(moves),
            }));
        return command;
    }

    private static int Run(string path, double seconds, bool asJson, MarketGeneratorOptions options)
    {
        if (seconds is not (> 0 and <= 31_536_000))
            throw new CliException(ExitCode.Usage, $"--seconds is {seconds.ToString(CultureInfo.InvariantCulture)}; set it between 0 and a year.");
        string problems = string.Join(" ", options.Problems());
        if (problems.Length > 0)
            throw new CliException(ExitCode.Usage, problems);
        MarketGenerator market = new(options with { EndNs = options.StartNs + (long)(seconds * 1e9) });
        long frames = 0;
        using (FileStream file = new(path, FileMode.Create, FileAccess.Write))
        using (Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file)
        {
            while (market.Next(out long receiveNs, out ReadOnlySpan<byte> frame))
            {
                stream.Write(Encoding.ASCII.GetBytes(receiveNs.ToString(CultureInfo.InvariantCulture)));
                stream.Write(" "u8);
                stream.Write(frame);
                stream.Write("\n"u8);
                frames++;
            }
        }
        if (asJson)
            JsonOut.Object(json => json.WriteNumber("frames", frames));
        else
            Console.WriteLine($"{Counted.Of(frames, "frame")}, {seconds.ToString(CultureInfo.InvariantCulture)} s of {options.Market} with seed {options.Seed}, in {path}.");
        return ExitCode.Done;
    }
}
