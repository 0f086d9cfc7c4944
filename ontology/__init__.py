"""The OWL modules and what the other rooms need to know of them."""
