using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace Obs.Core.Models;

/// <summary>Reads and checks the <c>obs.*</c> metadata of one file.</summary>
/// <remarks>A key that is not in the list is an error that names it: a setting somebody relies on is never dropped in silence.</remarks>
internal sealed class ModelMetadataReader
{
    private const int WindowMax = 10_000;
    private const int HashDigits = 64;
    private const string Prefix = "obs.";

    private static readonly string[] Required =
    [
        "obs.kind", "obs.features", "obs.window", "obs.horizonMs", "obs.target",
        "obs.scaler.center", "obs.scaler.scale", "obs.target.center", "obs.target.scale",
    ];

    private static readonly string[] Optional = ["obs.conv", "obs.trainingSpan", "obs.skill", "obs.seed", ModelHash.Key];

    private readonly SafetensorsFile _file;

    private ModelMetadataReader(SafetensorsFile file) => _file = file;

    /// <summary>Reads the metadata.</summary>
    /// <exception cref="ModelException">A key is missing, unknown or has a value that cannot be used; or the hash is wrong.</exception>
    public static ModelMetadata Read(SafetensorsFile file)
    {
        ModelMetadataReader reader = new(file);
        reader.CheckKeys();
        ModelKind kind = reader.Kind();
        string[] features = reader.Features();
        return new ModelMetadata
        {
            Kind = kind,
            Features = features,
            Window = (int)reader.Whole("obs.window", 1, WindowMax),
            HorizonMs = reader.Whole("obs.horizonMs", 1, long.MaxValue),
            Target = new ModelTarget(reader.Target(), reader.Number("obs.target.center"), reader.PositiveNumber("obs.target.scale")),
            Scaler = reader.Scaler(features),
            TrainingSpan = reader.Text("obs.trainingSpan"),
            Skill = reader.Text("obs.skill"),
            Seed = reader.Text("obs.seed"),
            Hash = reader.Hash(),
        };
    }

    private void CheckKeys()
    {
        foreach (string key in Required)
        {
            if (!_file.Metadata.ContainsKey(key))
                Throw.Model(_file.Name, $"metadata {key} is missing; a model needs {string.Join(", ", Required)}.");
        }
        foreach (string key in _file.Metadata.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!Required.Contains(key, StringComparer.Ordinal) && !Optional.Contains(key, StringComparer.Ordinal))
                Throw.Model(_file.Name, $"metadata {key} is not known to this build; remove it, or use the build it was made for.");
        }
    }

    private ModelKind Kind()
    {
        string kind = Text("obs.kind");
        if (kind is not ("lstm" or "gru"))
            Throw.Model(_file.Name, $"obs.kind is '{kind}', which is not supported by this build; it runs lstm and gru.");
        if (_file.Metadata.ContainsKey("obs.conv"))
            Throw.Model(_file.Name, $"obs.conv describes convolutions, but obs.kind is '{kind}'; remove obs.conv, or correct obs.kind.");
        return kind == "lstm" ? ModelKind.Lstm : ModelKind.Gru;
    }

    private string[] Features()
    {
        string[] features = Text("obs.features").Split(',', StringSplitOptions.TrimEntries);
        if (features.Any(feature => feature.Length == 0))
            Throw.Model(_file.Name, $"obs.features is '{Text("obs.features")}', with an empty name in it; separate the names by single commas.");
        if (features.Distinct(StringComparer.Ordinal).Count() != features.Length)
            Throw.Model(_file.Name, $"obs.features is '{Text("obs.features")}', with a name twice; each input is one feature.");
        return features;
    }

    private TargetKind Target()
    {
        switch (Text("obs.target"))
        {
            case "price":
                return TargetKind.Price;
            case "return":
                return TargetKind.Return;
            case "logReturn":
                return TargetKind.LogReturn;
            default:
                Throw.Model(_file.Name, $"obs.target is '{Text("obs.target")}'; it is one of price, return, logReturn.");
                return default;
        }
    }

    private RobustScaler Scaler(string[] features)
    {
        double[] center = Numbers("obs.scaler.center", features.Length);
        double[] scale = Numbers("obs.scaler.scale", features.Length);
        int wrong = Array.FindIndex(scale, value => value <= 0);
        if (wrong >= 0)
        {
            Throw.Model(_file.Name, FormattableString.Invariant(
                $"obs.scaler.scale of {features[wrong]} is {scale[wrong]}; scales are positive (use 1 for a constant feature)."));
        }
        return new RobustScaler(center, scale);
    }

    private string Hash()
    {
        string computed = ModelHash.Compute(_file);
        if (!_file.Metadata.TryGetValue(ModelHash.Key, out string? stated))
            return computed;
        if (stated.Length != HashDigits || !string.Equals(stated, computed, StringComparison.OrdinalIgnoreCase))
            Throw.Model(_file.Name, $"obs.hash is '{stated}', the content hashes to {computed}; the file was changed after training, get it again.");
        return computed;
    }

    private string Text(string key) => _file.Metadata.TryGetValue(key, out string? value) ? value.Trim() : "";

    private long Whole(string key, long min, long max)
    {
        if (!long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) || value < min || value > max)
            Throw.Model(_file.Name, $"{key} is '{Text(key)}'; it is a whole number from {min} to {max}.");
        return value;
    }

    private double Number(string key)
    {
        if (!double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
            Throw.Model(_file.Name, $"{key} is '{Text(key)}'; it is a finite number.");
        return value;
    }

    private double PositiveNumber(string key)
    {
        double value = Number(key);
        if (value <= 0)
            Throw.Model(_file.Name, $"{key} is '{Text(key)}'; it is a number above 0.");
        return value;
    }

    private double[] Numbers(string key, int count)
    {
        double[] values = [];
        try
        {
            values = JsonSerializer.Deserialize<double[]>(Text(key)) ?? [];
        }
        catch (JsonException problem)
        {
            Throw.Model(_file.Name, $"{key} is '{Text(key)}'; it is a JSON array of numbers.", problem);
        }
        if (values.Length != count)
            Throw.Model(_file.Name, $"{key} has {values.Length} values, obs.features has {count} names; give one value per feature.");
        if (!Array.TrueForAll(values, double.IsFinite))
            Throw.Model(_file.Name, $"{key} is '{Text(key)}'; all values are finite.");
        return values;
    }
}
