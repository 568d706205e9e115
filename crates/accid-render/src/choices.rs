//! The macro for properties that take one of a few values. Must not know any of them.

/// Makes an enum whose schema is a plain list of strings with a label for each, as the inspector shows them. An
/// unknown value is refused by serde and so falls back to the default with a finding.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $first:ident $first_value:literal $first_label:literal, $($variant:ident $value:literal $label:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub(crate) enum $name {
            #[default]
            #[serde(rename = $first_value)]
            $first,
            $(#[serde(rename = $value)] $variant,)*
        }

        impl $name {
            /// The value as stored; also the class name behind `is-`.
            #[allow(dead_code, reason = "not every choice shows in a class name")]
            pub(crate) const fn as_str(self) -> &'static str {
                match self { Self::$first => $first_value, $(Self::$variant => $value,)* }
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "enum": [$first_value, $($value,)*],
                    "x-accid-choices": [$first_value, $($value,)*],
                    "x-accid-labels": [$first_label, $($label,)*]
                })
            }
        }
    };
}

pub(crate) use choices;
