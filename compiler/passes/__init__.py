"""From Spec to Plan to Recipe: narrow what is possible, choose, lay out the steps."""
