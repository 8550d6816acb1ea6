using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Obs.Cli.Runs;

/// <summary>run.json of a run's folder: the settings and inputs it was made with, so that it can be repeated and explained.</summary>
internal static class RunFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "run.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNoLimit } },
    };

    /// <summary>Writes the settings into a folder; inputs become absolute paths.</summary>
    public static void Write(string folder, RunSettings settings)
    {
        RunSettings absolute = settings with
        {
            Inputs = [.. System.Array.ConvertAll(settings.Inputs, Path.GetFullPath)],
            Journal = settings.Journal is { } journal ? PathFrom(folder, journal) : null,
            ModelPath = settings.ModelPath is { } model ? Path.GetFullPath(model) : null,
            OrdersPath = settings.OrdersPath is { } orders ? Path.GetFullPath(orders) : null,
            RiskPath = settings.RiskPath is { } risk ? Path.GetFullPath(risk) : null,
            OutFolder = null,
            AllFeatures = false,
            OutputLog = false,
        };
        string path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".writing", JsonSerializer.Serialize(absolute, Json));
        File.Move(path + ".writing", path, overwrite: true);
    }

    // "no limit" is an absent member, not the largest number there is
    private static void LeaveOutNoLimit(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(long))
                property.ShouldSerialize = static (_, value) => value is not (long.MinValue or long.MaxValue);
        }
    }

    /// <summary>Reads the settings of a run.</summary>
    /// <exception cref="CliException">There is no such run, or its file is unreadable.</exception>
    public static RunSettings Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new CliException(ExitCode.BadInput, $"{path}: there is no such file; name the --out folder of a replay or the --data folder of up.");
        try
        {
            RunSettings settings = JsonSerializer.Deserialize<RunSettings>(File.ReadAllText(path), Json)
                ?? throw new CliException(ExitCode.BadInput, $"{path}: the file says null.");
            if (settings.Journal is { } journal)
                settings = settings with { Journal = Path.GetFullPath(journal, Path.GetFullPath(folder)) };
            settings.CheckInputs();
            settings.Check();
            return settings;
        }
        catch (JsonException problem)
        {
            throw new CliException(ExitCode.BadInput, $"{path}, line {problem.LineNumber + 1}: {problem.Message}", problem);
        }
    }

    // a journal inside the run's own folder moves with it: a copy is replayed from the copy
    private static string PathFrom(string folder, string path)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(path));
        return relative.StartsWith("..", System.StringComparison.Ordinal) || Path.IsPathRooted(relative) ? Path.GetFullPath(path) : relative;
    }
}
