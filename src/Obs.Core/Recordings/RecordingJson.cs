using System.Text.Json.Serialization;

namespace Obs.Core.Recordings;

/// <summary>Serialisers of the configuration record, generated at build time: no reflection when a program starts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RecordingConfiguration))]
internal sealed partial class RecordingJson : JsonSerializerContext;
