"""Where claims clash and agree: rules, their facts, and the sentences that tell it."""
