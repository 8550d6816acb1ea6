using System;
using System.CommandLine;
using System.Globalization;
using Obs.Cli.Runs;

namespace Obs.Cli.Commands;

/// <summary>The options that name recordings and how to read them, shared by import and by every command that runs the engine.</summary>
internal sealed class RunInputOptions
{
    private readonly Option<string?> _venue = new("--venue") { Description = $"Whose frames they are: {Venues.Words}." };
    private readonly Option<string[]> _inputs = new("--input") { Description = "Recording (plain, gz or zip). May repeat: the files are one stream.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "Only this market, e.g. KRW-BTC or BTCUSDT." };
    private readonly Option<string?> _format = new("--format") { Description = "frames, python, jsonl, csv, polled-csv, tardis or hftbacktest; found by content when left out." };
    private readonly Option<string?> _tick = new("--tick") { Description = "Price step of a market the registry lacks, e.g. 0.01." };
    private readonly Option<string?> _lot = new("--lot") { Description = "Size step of a market the registry lacks, e.g. 0.001." };
    private readonly Option<string?> _quote = new("--quote") { Description = "With --tick and --lot: quote currency, where the market's name does not tell it (BTC-PERPETUAL: USD)." };
    private readonly Option<string?> _from = new("--from") { Description = "First receive time: ns since 1970, or ISO 8601 UTC." };
    private readonly Option<string?> _to = new("--to") { Description = "Last receive time: ns since 1970, or ISO 8601 UTC." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Stop at the first bad line." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on stdout." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all = [_venue, _inputs, _symbol, _format, _tick, _lot, _quote, _from, _to, _strict, _json];
        foreach (Option option in all)
            command.Options.Add(option);
    }

    /// <summary>The option that names recordings.</summary>
    public Option Files => _inputs;

    /// <summary>The options that choose a recording or a part of one, or say how to read it.</summary>
    public Option[] Recordings => [_venue, _inputs, _symbol, _format, _tick, _lot, _quote, _from, _to, _strict];

    /// <summary>Whether --json was given.</summary>
    public bool IsJson(ParseResult result) => result.GetValue(_json);

    /// <summary>Reads a command line.</summary>
    /// <exception cref="CliException">An option has no meaning.</exception>
    public RunSettings Read(ParseResult result, string? journal = null)
    {
        RunSettings settings = ReadUnchecked(result) with { Journal = journal };
        settings.CheckInputs();
        return settings;
    }

    /// <summary>Reads a command line of a run whose input is not named by these options.</summary>
    public RunSettings ReadUnchecked(ParseResult result) => new()
    {
        Venue = result.GetValue(_venue),
        Inputs = result.GetValue(_inputs) ?? [],
        Symbol = result.GetValue(_symbol),
        Format = result.GetValue(_format),
        Tick = result.GetValue(_tick),
        Lot = result.GetValue(_lot),
        Quote = result.GetValue(_quote),
        FromNs = ParseTime("--from", result.GetValue(_from), long.MinValue),
        ToNs = ParseTime("--to", result.GetValue(_to), long.MaxValue),
        Strict = result.GetValue(_strict),
        Json = result.GetValue(_json),
    };

    private static long ParseTime(string option, string? text, long missing)
    {
        if (text is null)
            return missing;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long ns))
            return ns;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            return time.Year is >= 1970 and < 2262 ? (time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100 : throw new CliException(ExitCode.Usage, $"{option} is '{text}'; give a time between 1970 and 2261.");
        throw new CliException(ExitCode.Usage, $"{option} is '{text}'; give ns since 1970 or a time such as 2024-08-08T23:55:00Z.");
    }
}
